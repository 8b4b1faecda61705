# Completion of haproxynet for PowerShell: the executable itself says what can stand next.
# Add this line to $PROFILE:  . /usr/share/haproxynet/haproxynet.ps1
Register-ArgumentCompleter -Native -CommandName haproxynet -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.Extent.Text.PadRight($cursorPosition).Substring(0, $cursorPosition)
    haproxynet complete $line | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
