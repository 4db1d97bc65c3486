# conditions of its own, as large programs have them
function __fish_vcs_needs_command
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (string join \n h/help C=) -- $cmd 2>/dev/null
    or return 0
    if set -q argv[1]
        echo $argv[1]
        return 1
    end
    return 0
end
function __fish_vcs_using_command
    set -l cmd (__fish_vcs_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd $argv
end
complete -c git-like -n __fish_vcs_needs_command -s C -x -d 'Run there'
complete -c git-like -n __fish_vcs_needs_command -a add -d 'Add files'
complete -c git-like -n '__fish_vcs_using_command add' -s n -l dry-run -d 'Change nothing'
complete -c git-like -n __fish_vcs_needs_command -a 'push pull' -d 'Meet others'
for c in push pull
    complete -c git-like -n "__fish_vcs_using_command $c" -s v -l verbose -d "Talk about the $c"
end
complete -c git-like -n '__fish_vcs_using_command push' -l force -d 'Whatever happens'
