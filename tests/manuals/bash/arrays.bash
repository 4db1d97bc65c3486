_opts=(-a --all "--depth" --name=)
_more='--more --most'
_more+=' --least'
_arrays() {
    local cur=$2 prev=$3
    case "$3" in
        --depth) COMPREPLY=( $(compgen -W '{1..3} 9' -- "$cur") ) ;;
        --name) COMPREPLY=( $(compgen -W "$(id -un) root" -- "$cur") ) ;;
        *) COMPREPLY=( $(compgen -W "${_opts[*]} ${_opts[@]} $_more" -- "$2") ) ;;
    esac
}
complete -F _arrays arrays another
