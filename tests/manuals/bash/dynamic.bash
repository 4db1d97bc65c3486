_dynamic()
{
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _DYNAMIC_COMPLETE=bash_complete $1 ) )
    return 0
}
complete -o nosort -F _dynamic dynamic
