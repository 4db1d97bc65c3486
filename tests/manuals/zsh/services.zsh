#compdef services other-service=other
local -a common
common=( '-4[force IPv4]' '-6[force IPv6]' ) # both, but (see -x
case "$service" in
  services)
    _arguments -s '-l+[limit it]:bandwidth (Kbit/s)' '-p[keep times]' "$common[@]" && ret=0
  ;;
  other)
    _arguments -s '-y[not this one]' "$common[@]"
  ;;
esac
