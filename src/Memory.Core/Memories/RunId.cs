using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Memory.Core.Memories;

/// <summary>The name of one consolidation run: its start in UTC and six random characters, for example <c>20261124-030000-k3m9x2</c>.</summary>
public readonly record struct RunId
{
    private const string TimeFormat = "yyyyMMdd-HHmmss";
    private const int SuffixLength = 6;

    private readonly string? _value;

    private RunId(string value) => _value = value;

    /// <summary>The name as text; empty for the default value.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Makes the name of a run that starts now.</summary>
    /// <param name="startedAt">When it starts.</param>
    /// <param name="random">The source of chance.</param>
    public static RunId New(DateTimeOffset startedAt, Random random) => new(
        startedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" + MemoryId.New(random).Value[..SuffixLength]);

    /// <summary>Reads a name that a client sent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The name when the text has the form of one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var formed = text?.Length == TimeFormat.Length + 1 + SuffixLength
            && text[TimeFormat.Length] == '-'
            && DateTime.TryParseExact(text.AsSpan(0, TimeFormat.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        id = formed ? new RunId(text!.ToLowerInvariant()) : default;
        return formed;
    }

    internal static RunId FromStore(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
