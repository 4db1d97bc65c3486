complete -W "--one --two -3 four" plain
