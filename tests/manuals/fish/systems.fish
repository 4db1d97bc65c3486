set -l uname (uname -s)
test "$uname" != SunOS
and complete -c systems -s S -d "Sort by size"
if systems --version >/dev/null 2>/dev/null
    complete -c systems -l gnu -d "Only here"
else
    complete -c systems -s b -d "Elsewhere"
end
switch $uname
    case Darwin FreeBSD
        complete -c systems -s @ -d "Attributes"
    case Linux
        complete -c systems -s Z -d "Context"
end
if not type -q systems
    exit
end
complete -c systems -s x -d "For those who have it"
