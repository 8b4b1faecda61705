# Completion of haproxynet for bash: the executable itself says what can stand next.
_haproxynet() {
    local word=${COMP_WORDS[COMP_CWORD]}
    mapfile -t COMPREPLY < <(compgen -W "$(haproxynet complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "$word")
}
complete -o default -F _haproxynet haproxynet
