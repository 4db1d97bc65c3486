complete -c quotes -l a\-b -d 'It'\''s "so"'
complete --command quotes --long-option=joined --description="With an equals sign" --require-parameter
complete -c quotes \
    -l continued \
    -d "Over \
lines"
complete -c quotes -s e -d 'é and \u00e9' # a comment -l not
complete -c quotes -l 'with blank' -d 'no name'
complete -c quotes -l '$dollar' -d 'no name'
complete -c quotes -a '-O --old-style' -d 'Offered as words'
complete quotes -s z -d 'Without -c'; complete -c quotes -s y -d 'On one line'
