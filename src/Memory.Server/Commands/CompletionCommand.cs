using System.CommandLine;

namespace Memory.Server.Commands;

/// <summary><c>completion SHELL</c>: a script that completes commands and options. The shell asks the program itself, so that the script never gets old.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(memory-server completion bash)", or into ~/.local/share/bash-completion/completions/memory-server
            _memory_server() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _memory_server memory-server
            """,
        ["zsh"] = """
            #compdef memory-server
            # eval "$(memory-server completion zsh)", after compinit
            _memory_server() {
              local -a found
              found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found || _files
            }
            compdef _memory_server memory-server
            """,
        ["fish"] = """
            # memory-server completion fish | source
            complete -c memory-server -a '(memory-server "[suggest:"(string length (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # memory-server completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName memory-server -ScriptBlock {
              param($word, $line, $cursor)
              memory-server "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };

    public static Command Create(Option<bool> json)
    {
        var shell = WordOption.Argument("shell", "The shell; the script says in its first lines where it goes.", [.. Scripts.Keys]);
        var command = new Command("completion", "Print a script that completes commands and options in a shell.") { shell, json };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(shell);
            var script = Scripts[name].ReplaceLineEndings("\n");
            if (parsed.GetValue(json))
            {
                return Screenful.Json(new ScriptOutput(name, script), CommandJson.Default.ScriptOutput);
            }

            Console.Out.WriteLine(script);
            return ExitCodes.Done;
        });
        return command;
    }
}
