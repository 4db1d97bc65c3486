#compdef falls unfalls catfalls=unfalls
case "$service" in
  *_VAR*) compset -q
  ;&
  falls) mode=no;&
  unfalls) _arguments '-k[keep]' '-d[drop]' ;;
  others) _arguments '-o[other]' ;;
esac
variant=gnu
case gnu:linux in
  (gnu:*|bsd:linux*))
    _arguments '-g[of both]'
  ;;
esac
