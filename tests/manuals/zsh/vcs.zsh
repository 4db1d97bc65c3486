#compdef vcs
# functions named after the commands
(( $+functions[_vcs-add] )) ||
_vcs-add () {
  _arguments -S $endopt \
    '(-n --dry-run)'{-n,--dry-run}'[change nothing]' \
    '--when=-[when]:: :__vcs_whens' \
}

(( $+functions[_vcs-remote] )) ||
_vcs-remote () {
  local -a commands
  _arguments -C ': :->command' '*:: :->rest'
  case $state in
    (command)
      commands=(
        add:'add one'
        drop:'drop one')
      _describe -t commands command commands
      ;;
    (rest)
      case $line[1] in
        (add) _arguments '-f[fetch at once]' ':name' ;;
        (drop|remove) _arguments '--all[every one]' ;;
      esac
      ;;
  esac
}

__vcs_whens () {
  local -a whens
  whens=(always never)
  _describe when whens
}

_vcs_commands () {
  local -a cmdtypes main_commands
  cmdtypes=( main_commands )
  local -a $cmdtypes
  main_commands=(
    add:'add files'
    remote:'manage the others'
  )
  for type in $cmdtypes; do _wanted $type expl cmds compadd; done
}

_vcs () {
  _arguments -C '--bare[no files]' '-C[run there]:folder:_directories' \
    '(-): :->command' '(-)*:: :->option-or-argument' && return
  case $state in
    (command) _vcs_commands ;;
    (option-or-argument)
      curcontext=${curcontext%:*:*}:vcs-$words[1]:
      _call_function ret _vcs-$words[1]
      ;;
  esac
}
_vcs
