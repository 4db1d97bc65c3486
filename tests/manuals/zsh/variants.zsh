#compdef variants
local variant
declare -a args
args=( '(-f --force)'{-f,--force}'[never ask]' )
_pick_variant -r variant -b zsh gnu=gnu $OSTYPE --help
case $variant; in
  gnu)
    args+=( '--interactive=-[ask]::when:((once\:"a single time" always\:"each time"))' )
  ;;
  *)
    args=(${args:#*)--*\[*})
  ;|
  darwin*|freebsd*)
    args+=( '-P[overwrite]' )
  ;|
  zsh) args+=( '-s[paranoid]' ) ;;
esac
_arguments -s -S $args
