using System.CommandLine;
using System.CommandLine.Parsing;

namespace Memory.Server.Commands;

/// <summary>Options and arguments that take one of a few words: any other is refused in words that name them.</summary>
internal static class WordOption
{
    public static Option<string> One(string name, string description, string[] words, string? otherwise = null)
    {
        var option = new Option<string>(name) { Description = description };
        option.CompletionSources.Add(words);
        option.Validators.Add(given => Check(given, name, words));
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        return option;
    }

    public static Option<string[]> Several(string name, string description, string[] words)
    {
        var option = new Option<string[]>(name) { Description = description };
        option.CompletionSources.Add(words);
        option.Validators.Add(given => Check(given, name, words));
        return option;
    }

    public static Argument<string> Argument(string name, string description, string[] words)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.CompletionSources.Add(words);
        argument.Validators.Add(given => Check(given, name, words));
        return argument;
    }

    private static void Check(SymbolResult given, string name, string[] words)
    {
        foreach (var token in given.Tokens.Where(t => !words.Contains(t.Value, StringComparer.Ordinal)))
        {
            given.AddError($"{name} is '{token.Value}'; {string.Join(", ", words)} are allowed.");
        }
    }
}
