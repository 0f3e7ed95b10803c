using Memory.Server.Configuration;

namespace Memory.Server.Commands;

/// <summary>
/// <c>serve</c> as clients start it: settings by name and value, each once. It is read here without the parser of the command line, which
/// costs a start more than all settings. Whatever else is typed is left to the parser, which also tells what is wrong with it.
/// </summary>
internal static class PlainServe
{
    private const char Undecodable = '\uFFFD';

    /// <summary>What a command line says of the settings.</summary>
    /// <returns>The value of each that is named; <see langword="null"/> when it is not a plain one.</returns>
    public static IReadOnlyDictionary<Setting, string>? Read(string[] args)
    {
        if (args is not [CommandLine.Serve, .. var named] || named.Length % 2 != 0)
        {
            return null;
        }

        var given = new Dictionary<Setting, string>();
        for (var i = 0; i < named.Length; i += 2)
        {
            if (Setting.Known.FirstOrDefault(s => s.Option == named[i]) is not { } setting || !IsPlain(named[i + 1]) || !given.TryAdd(setting, named[i + 1]))
            {
                return null;
            }
        }

        return given;
    }

    /// <summary>Serves with these settings, those of the file and those of the environment.</summary>
    public static Task<int> RunAsync(IReadOnlyDictionary<Setting, string> given) => Configured.RunAsync(given.GetValueOrDefault, json: false, ServeCommand.RunAsync, CancellationToken.None);

    private static bool IsPlain(string value) => value.Length > 0 && value[0] != '-' && !value.Contains(Undecodable, StringComparison.Ordinal);
}
