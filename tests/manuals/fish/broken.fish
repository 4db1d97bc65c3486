complete -c broken -l first -d 'First'
if test
complete -c broken -l second -d "Second
complete -c broken -l "third
