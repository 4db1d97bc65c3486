_getopt() {
    local cur prev words cword split
    _init_completion -s || return

    case $prev in
        --version | --help | -!(-*)[hV])
            return
            ;;
        --progress)
            COMPREPLY=($(compgen -W 'bar dot' -- "$cur"))
            return
            ;;
        --output | --config | -!(-*)[oc])
            _filedir
            return
            ;;
    esac
    $split && return
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--version --help --progress= --output --config
            --quiet -q' -- "$cur"))
        [[ ${COMPREPLY-} == *= ]] && compopt -o nospace
    fi
} &&
    complete -F _getopt getopt
