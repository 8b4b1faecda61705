# Completion of haproxynet for fish: the executable itself says what can stand next.
complete -c haproxynet -a '(haproxynet complete (commandline -cp) 2>/dev/null)'
