# a single program: short, long and old options
complete -c gnu -s a -l all -d "Take hidden files too"
complete -c gnu -l block-size -x -d 'Bytes read at once'
complete -c gnu -l color -f -a "never always auto" -d "Use colours"
complete -c gnu -l sort -xa "
    none\t'As they stand'
    size\t'Largest first'
" -d 'What to sort by'
complete -c gnu -s o -l output -r -d 'Write to this file'
complete -c gnu -o adjoin -d 'Join into one'
complete -c gnu -l host -xa '(__fish_print_hostnames)' -d 'Where to'
complete -c other -l not-mine -d 'Another program'
complete -c gnu -s q -d "Say \"nothing\" at all"
