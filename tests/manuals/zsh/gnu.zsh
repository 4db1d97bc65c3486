#compdef gnu ggnu
local -a args
local curcontext="$curcontext" state line
args=(
  '(-a --all)'{-a,--all}'[take hidden files too]'
  '--block-size=[specify bytes read at once]:size (bytes)'
  '--color=-[use colours]::when:(never always auto)'
  '(-o --output)'{-o+,--output=}'[write to this file]:output file:_files'
  '*'{-e,--exclude=}"[leave out what matches]:pattern"
  '--sort=[what to sort by]:key:((none\:"as they stand" size\:"largest first"))'
  '-W[warn]: :->warnings'
  '!--hidden-one[not shown]'
)
if _pick_variant gnu=GNU unix --version; then
  args+=( '(- *)--version[output version]' )
else
  args=( '-b[bsd only]' )
fi
[[ $OSTYPE = darwin* ]] && args+=( '-@[attributes]' )
_arguments -s -S $args '1:archive:_files' '*:file:_files' && return
case $state in
  warnings)
    _values warning 'all[every kind]' 'none[not any]'
  ;;
esac
