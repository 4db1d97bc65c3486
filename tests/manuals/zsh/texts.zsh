#compdef texts
typeset -A texts
case $LANG in
  (de_DE.UTF-8) texts=( bytes "nur diese Bytes" ) ;;
  (*) texts=( bytes "only these bytes" ) ;;
esac
no='!'
if zstyle -t ":x" complete-all; then
  no=
fi
_arguments \
  '(--bytes -b)'{--bytes=,-b+}'['$texts[bytes]']:list' \
  $no"--no-bytes[don't]" \
  '-\?[help]' \
  '--colo'{,u}'r[with [brackets\] inside]' \
  "--dynamic=[known later]:name:($(ls))" \
  '*:: :->rest'
