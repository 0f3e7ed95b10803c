using System.CommandLine;
using Memory.Server.Configuration;

namespace Memory.Server.Commands;

/// <summary><c>config show</c>: every setting, the value that holds and who gave it.</summary>
internal static class ConfigCommand
{
    public static Command Create(Func<ParseResult, SettingsSources?> open, Option<bool> json)
    {
        var show = new Command("show", "Show every setting, its value, and where the value comes from.") { json };
        show.SetAction(parsed => open(parsed) is { } sources ? Show(sources, parsed.GetValue(json)) : ExitCodes.Usage);
        return new Command("config", "The settings.") { show };
    }

    private static int Show(SettingsSources sources, bool json)
    {
        SettingOutput[] shown = [.. Setting.Known.Select(s => sources.Find(s) is { } found
            ? new SettingOutput(s.Key, found.Text, found.Name, s.Variable, s.Option, s.Description)
            : new SettingOutput(s.Key, s.Default ?? s.DefaultHere?.Invoke(), "default", s.Variable, s.Option, s.Description))];
        string[] misspelt = [.. sources.Misspelt()];
        var parsed = ServerSettings.Parse(sources.Find, out var problems);
        var code = parsed is null || misspelt.Length > 0 ? ExitCodes.Usage : ExitCodes.Done;
        foreach (var problem in misspelt.Concat(problems))
        {
            Console.Error.WriteLine(TerminalText.Of(problem));
        }

        if (json)
        {
            return Screenful.Json(shown, CommandJson.Default.SettingOutputArray, code);
        }

        Screenful.Table(["setting", "value", "from"], shown.Zip(Setting.Known, static (told, setting) => (IReadOnlyList<string>)[told.Name, told.Value ?? setting.DefaultInWords ?? "", told.From]));
        Console.Out.WriteLine(TerminalText.Of($"Database: {parsed?.Database}"));
        return code;
    }
}
