function __fish_reg -a cmd opt
    complete -c defined -n "__fish_reg_is $cmd" -l $opt -d $argv[3]
end
function __fish_reg_is
    for i in (commandline -opc)
        switch $i
            case '-*'
                continue
            case $argv[1]
                return 0
        end
    end
    return 1
end
function __fish_reg_none
    not __fish_reg_is add
    and not __fish_reg_is drop
end
complete -f -n __fish_reg_none -c defined -a add -d (_ "Add one")
complete -f -n __fish_reg_none -c defined -a drop -d (_ "Drop one")
__fish_reg add first 'To the front'
__fish_reg drop every "All of them"
eval "complete -c defined -n __fish_reg_none -l eval -d Evaluated"
