set -l commands start stop status
complete -c lists -f
complete -c lists -n "not __fish_seen_subcommand_from $commands" -a "$commands"
complete -c lists -n "not __fish_seen_subcommand_from $commands" -s v -d 'Talk more'
complete -c lists -n "__fish_seen_subcommand_from start" -s n -l now -d 'At once'
complete -c lists -n "__fish_seen_subcommand_from stop; and not __fish_contains_opt -s f force" -s f -l force -d 'Kill it'
for i in (seq 1 3)
    complete -c lists -n "__fish_seen_subcommand_from status" -s $i -d "Level $i"
end
