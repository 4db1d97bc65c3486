_commands()
{
    local cur prev words cword
    local commands='start stop status'
    local common="--help --verbose"
    _init_completion || return
    if [[ $cword -eq 1 ]]; then
        COMPREPLY=( $(compgen -W "$commands $common" -- "$cur") )
        return
    fi
    case ${words[1]} in
        start)
            COMPREPLY=( $(compgen -W "$common --now" -- "$cur") )
            ;;
        stop | status)
            COMPREPLY=( $(compgen -W '--all' -- "$cur") )
            ;;
    esac
}
complete -F _commands commands
