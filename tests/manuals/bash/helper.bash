_helper()
{
    local cur prev
    _get_comp_words_by_ref cur prev
    if [[ "$cur" == -* ]]; then
        COMPREPLY=( $(compgen -W '$(_parse_help "$1") --added' -- "$cur") )
    fi
}
complete -F _helper helper
