_broken() {
    case $prev in
        --x) COMPREPLY=( $(compgen -W 'a b
    esac
complete -F _broken broken
