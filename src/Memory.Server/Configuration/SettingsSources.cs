using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Memory.Server.Configuration;

/// <summary>The places that settings come from: <c>appsettings.json</c>, then the environment, then the command line; the later wins.</summary>
internal sealed class SettingsSources
{
    private const string Section = "Memory";

    private readonly IConfigurationSection _file;
    private readonly IDictionary _environment;
    private readonly Func<Setting, string?> _commandLine;

    private SettingsSources(IConfigurationSection file, IDictionary environment, Func<Setting, string?> commandLine)
    {
        _file = file;
        _environment = environment;
        _commandLine = commandLine;
    }

    /// <summary>Reads the file that lies beside the program, if there is one.</summary>
    /// <param name="folder">The program's folder.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="commandLine">Yields what the command line says of a setting.</param>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static SettingsSources Open(string folder, IDictionary environment, Func<Setting, string?> commandLine)
    {
        var path = Path.Combine(folder, "appsettings.json");
        var builder = new ConfigurationBuilder();
        if (!File.Exists(path))
        {
            return new SettingsSources(builder.Build().GetSection(Section), environment, commandLine);
        }

        try
        {
            using var file = File.OpenRead(path);
            return new SettingsSources(builder.AddJsonStream(file).Build().GetSection(Section), environment, commandLine);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Failed to load configuration from file '{path}'.", error);
        }
    }

    /// <summary>The value that wins, or <see langword="null"/> when nobody gave one. An empty environment variable is none.</summary>
    public SettingValue? Find(Setting setting) =>
        _commandLine(setting) is { } option ? new SettingValue(setting.Option, option)
        : _environment[setting.Variable] is string { Length: > 0 } variable ? new SettingValue(setting.Variable, variable)
        : _file[setting.Key] is { } value ? new SettingValue($"appsettings.json {Section}:{setting.Key}", value)
        : null;

    /// <summary>Names that must be misspelt settings: variables close to one, and keys of the section, which holds nothing else.</summary>
    public IEnumerable<string> Misspelt() => Strangers()
        .Where(static name => VariableNames.Nearest(name) is not null)
        .Select(static name => $"{name} is not a setting; {VariableNames.Nearest(name)} is the nearest. If {name} is meant for another program, set it to nothing for this one.")
        .Concat(_file.GetChildren()
            .Where(static c => !Setting.Known.Any(s => s.Key.Equals(c.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(static c => $"appsettings.json {Section}:{c.Key} is not a setting; allowed are {string.Join(", ", Setting.Known.Select(static s => s.Key))}."))
        .Concat(Misshapen());

    // What holds further keys has no value, and would be taken for a setting that nobody gave.
    private IEnumerable<string> Misshapen() => (_file.Value is { Length: > 0 } value ? [$"appsettings.json {Section} is '{value}'; an object with the settings is allowed."] : Array.Empty<string>())
        .Concat(_file.GetChildren().Where(static c => c.GetChildren().Any()).Select(static c => $"appsettings.json {Section}:{c.Key} is an object or a list; one value is allowed."));

    /// <summary>Variables with our prefix that are close to no setting: most likely another program's.</summary>
    public IEnumerable<string> Unknown() => Strangers()
        .Where(static name => VariableNames.Nearest(name) is null)
        .Select(static name => $"The environment variable {name} is not a setting; known are {string.Join(", ", Setting.Known.Select(static s => s.Variable))}.");

    private IEnumerable<string> Strangers() => _environment.Keys.Cast<string>()
        .Where(name => name.StartsWith(VariableNames.Prefix, StringComparison.OrdinalIgnoreCase)
            && _environment[name] is string { Length: > 0 } value && !VariableNames.IsKnown(name) && !VariableNames.IsOfPlatform(name, value));
}
