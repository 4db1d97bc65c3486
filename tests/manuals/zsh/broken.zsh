#compdef broken
_arguments '--first[ok]' '(--x' '--second[never closed' '--third[it''s]:a:(b c' {-d,--fourth
case $x in
