using Memory.Server.Embeddings;
using Memory.Server.Http;
using Memory.Server.Language;

namespace Memory.Server.Configuration;

/// <summary>Tells a misspelt variable from one of another program: the prefix is not ours alone.</summary>
internal static class VariableNames
{
    /// <summary>How every variable of ours begins.</summary>
    public const string Prefix = "MEMORY_";

    private const string OfSystemd = Prefix + "PRESSURE_";
    private const string BeforePortNumber = "_PORT_";
    private const int ShortName = 4;

    /// <summary>Whether a variable is a setting or a secret of ours.</summary>
    public static bool IsKnown(string name) =>
        name is EmbeddingProviders.KeyVariable or LanguageModels.KeyVariable or HttpSetting.CertificatePasswordVariable || Setting.Known.Any(s => s.Variable == name);

    /// <summary>Whether it is one that systemd, Docker or Kubernetes are known to set: of memory pressure, of limits, or of a service named memory or memory-something.</summary>
    public static bool IsOfPlatform(string name, string value) =>
        name.StartsWith(OfSystemd, StringComparison.Ordinal)
        || name is "MEMORY_LIMIT" or "MEMORY_LIMITS" or "MEMORY_REQUEST" or "MEMORY_REQUESTS"
        || name.EndsWith("_SERVICE_HOST", StringComparison.Ordinal) || name.Contains("_SERVICE_PORT", StringComparison.Ordinal)
        || (name.EndsWith("_PORT", StringComparison.Ordinal) && value.Contains("://", StringComparison.Ordinal))
        || (name.IndexOf(BeforePortNumber, StringComparison.Ordinal) is >= 0 and var at && name.AsSpan(at + BeforePortNumber.Length) is [>= '0' and <= '9', ..]);

    /// <summary>The variable of ours that was most likely meant, or <see langword="null"/> when none is near.</summary>
    public static string? Nearest(string name)
    {
        var asked = Letters(name);
        string[] known = [.. Setting.Known.Select(static s => s.Variable), EmbeddingProviders.KeyVariable, LanguageModels.KeyVariable, HttpSetting.CertificatePasswordVariable];
        return known.FirstOrDefault(k => Letters(k) == asked)
            ?? known.Where(k => Slips(Letters(k), asked) <= (Math.Min(Letters(k).Length, asked.Length) <= ShortName ? 1 : 2)).MinBy(k => Slips(Letters(k), asked))
            ?? OtherWord(name)
            ?? known.FirstOrDefault(k => FirstWord(k) == FirstWord(name));
    }

    // What other programs call the same.
    private static string? OtherWord(string name) => FirstWord(name) switch
    {
        "DATABASE" => Setting.Database.Variable,
        "NIGHTLY" or "CRON" => Setting.Schedule.Variable,
        "TZ" => Setting.TimeZone.Variable,
        _ => null,
    };

    private static string Letters(string name) => name[Prefix.Length..].Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string FirstWord(string name) => name[Prefix.Length..].ToUpperInvariant().Split('_')[0].TrimEnd('S');

    // How long the one stretch is in which they differ.
    private static int Slips(string a, string b)
    {
        var start = a.AsSpan().CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        return Math.Max(a.Length, b.Length) - start - end;
    }
}
