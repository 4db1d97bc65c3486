#compdef alternatives
_alternatives_kinds() { compadd "$@" - red green blue }
_alternatives() {
  _arguments \
    '--kind=[choose a kind]:kind:_alternatives_kinds' \
    '1:command:((start\:"begin" stop\:"end"))' \
    '*::arg:->args'
  case $words[1] in
    start) _arguments '--at=[when]:time' ;;
    stop|halt) _arguments '--force[at once]' ;;
    *) _default ;;
  esac
}
_alternatives "$@"
