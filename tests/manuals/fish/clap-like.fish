# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_clap_like_global_optspecs
	string join \n color= h/help V/version
end

function __fish_clap_like_needs_command
	# Figure out if the current invocation already has a command.
	set -l cmd (commandline -opc)
	set -e cmd[1]
	argparse -s (__fish_clap_like_global_optspecs) -- $cmd 2>/dev/null
	or return
	if set -q argv[1]
		# Also print the command, so this can be used to figure out what it is.
		echo $argv[1]
		return 1
	end
	return 0
end

function __fish_clap_like_using_subcommand
	set -l cmd (__fish_clap_like_needs_command)
	test -z "$cmd"
	and return 1
	contains -- $cmd[1] $argv
end

complete -c clap-like -n "__fish_clap_like_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'If it is a terminal'
always\t''
never\t''"
complete -c clap-like -n "__fish_clap_like_needs_command" -s h -l help -d 'Print help'
complete -c clap-like -n "__fish_clap_like_needs_command" -f -a "build" -d 'Build it'
complete -c clap-like -n "__fish_clap_like_needs_command" -f -a "config" -d 'See settings'
complete -c clap-like -n "__fish_clap_like_using_subcommand build" -s j -l jobs -d 'How many at once' -r
complete -c clap-like -n "__fish_clap_like_using_subcommand build" -l release -d 'Optimise'
complete -c clap-like -n "__fish_clap_like_using_subcommand config; and not __fish_seen_subcommand_from get set" -s h -l help -d 'Print help'
complete -c clap-like -n "__fish_clap_like_using_subcommand config; and not __fish_seen_subcommand_from get set" -f -a "get" -d 'Tell one'
complete -c clap-like -n "__fish_clap_like_using_subcommand config; and not __fish_seen_subcommand_from get set" -f -a "set" -d 'Change one'
complete -c clap-like -n "__fish_clap_like_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'As JSON'
complete -c clap-like -n "__fish_clap_like_using_subcommand config; and __fish_seen_subcommand_from set" -l format -d 'How it is written' -r -f -a "{json	'',toml	'Tom\'s'}"
