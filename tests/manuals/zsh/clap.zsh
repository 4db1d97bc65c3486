#compdef clap

autoload -U is-at-least

_clap() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'--color=[When to use colours]:WHEN:((auto\:"If it is a terminal"
always\:"Always"
never\:"Never"))' \
'-v[Talk more]' \
'--verbose[Talk more]' \
'*--include=[Take these (default\: all)]:GLOB:_default' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_clap_commands" \
"*::: :->clap" \
&& ret=0
    case $state in
    (clap)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:clap-command-$line[1]:"
        case $line[1] in
            (build)
_arguments "${_arguments_options[@]}" : \
'-j+[How many at once]:N:_default' \
'--jobs=[How many at once]:N:_default' \
'::target -- What to build:_files' \
&& ret=0
;;
(config)
_arguments "${_arguments_options[@]}" : \
'-h[Print help]' \
'--help[Print help]' \
":: :_clap__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        case $line[1] in
            (get)
_arguments "${_arguments_options[@]}" : \
'--json[As JSON]' \
':key -- Which one:(name size)' \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
}

(( $+functions[_clap_commands] )) ||
_clap_commands() {
    local commands; commands=(
'build:Build it' \
'config:See settings' \
    )
    _describe -t commands 'clap commands' commands "$@"
}
(( $+functions[_clap__config_commands] )) ||
_clap__config_commands() {
    local commands; commands=(
'get:Tell one' \
    )
    _describe -t commands 'clap config commands' commands "$@"
}

if [ "$funcstack[1]" = "_clap" ]; then
    _clap "$@"
else
    compdef _clap clap
fi
