using System.Diagnostics.CodeAnalysis;

namespace Memory.Core.Memories;

/// <summary>
/// The wall between tenants or projects. No operation crosses it unless the caller names both sides.
/// 1 to 64 characters: lower-case letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or digit.
/// </summary>
public readonly record struct Namespace
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>What a name may look like, for error messages and schemas.</summary>
    public const string Allowed = "1 to 64 characters: lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit";

    private readonly string? _value;

    private Namespace(string value) => _value = value;

    /// <summary>The namespace that is used when nothing is configured: <c>default</c>.</summary>
    public static Namespace Default { get; } = new("default");

    /// <summary>The name; empty for the default value of the struct.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Reads a name that a client or a configuration gave.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ns">The namespace when the text is one.</param>
    /// <returns>Whether the text is a valid name (see <see cref="Allowed"/>).</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Namespace ns)
    {
        ns = default;
        if (text is not { Length: > 0 and <= MaxLength } || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        ns = new Namespace(text);
        return true;
    }

    internal static Namespace FromStore(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
