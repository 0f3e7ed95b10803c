using Memory.Core.Memories;
using Memory.Server.Configuration;

namespace Memory.Server.Commands;

/// <summary>Reads the settings for whatever needs them, and tells what is wrong with them.</summary>
internal static class Configured
{
    /// <summary>Reads the settings and runs what needs them.</summary>
    /// <param name="given">Yields what the command line says of a setting.</param>
    /// <param name="json">Whether what is wrong is told as JSON too.</param>
    /// <param name="run">What needs them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Setting, string?> given, bool json, Func<ServerSettings, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        if (Open(given, json) is not { } sources)
        {
            return ExitCodes.Usage;
        }

        string[] misspelt = [.. sources.Misspelt()];
        if (ServerSettings.Parse(sources.Find, out var problems) is { } settings && misspelt.Length == 0)
        {
            return await run(settings, cancellationToken);
        }

        return Failure.Tell(ProblemCode.Invalid, [.. misspelt, .. problems], json);
    }

    /// <summary>Opens the places that settings come from, and warns of what there is none of.</summary>
    /// <returns>The sources; <see langword="null"/> when they cannot be read, which is told.</returns>
    public static SettingsSources? Open(Func<Setting, string?> given, bool json)
    {
        SettingsSources sources;
        try
        {
            sources = SettingsSources.Open(AppContext.BaseDirectory, Environment.GetEnvironmentVariables(), given);
        }
        catch (InvalidDataException error)
        {
            Failure.Tell(new Problem(ProblemCode.Invalid, $"{error.Message} {error.InnerException?.Message}".Trim()), json);
            return null;
        }

        foreach (var warning in sources.Unknown())
        {
            Console.Error.WriteLine(TerminalText.Of(warning));
        }

        return sources;
    }
}
