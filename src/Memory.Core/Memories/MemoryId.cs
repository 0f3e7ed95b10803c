using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Memory.Core.Memories;

/// <summary>
/// The name of one memory: 12 characters of lower-case Crockford base 32 (60 random bits), for example <c>7k3m9x2q4wzt</c>.
/// Short, because an AI client pays for every token of it; random, so that ids of different stores hardly ever meet.
/// The store refuses a second memory with the same id.
/// </summary>
public readonly record struct MemoryId
{
    /// <summary>The number of characters of every id.</summary>
    public const int Length = 12;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    private static readonly byte[] Digits = [.. Enumerable.Range(0, 128).Select(static c => (byte)Math.Max(0, Alphabet.IndexOf((char)c, StringComparison.Ordinal)))];

    private readonly string? _value;

    private MemoryId(string value) => _value = value;

    /// <summary>The id as text; empty for the default value.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>The 60 bits of the id, the first character lowest: a compact key.</summary>
    internal ulong Bits
    {
        get
        {
            var bits = 0UL;
            for (var i = Value.Length - 1; i >= 0; i--)
            {
                bits = (bits << 5) | Digits[Value[i] & 127];
            }

            return bits;
        }
    }

    internal static MemoryId FromBits(ulong bits) => New((long)bits);

    /// <summary>Makes a new random id.</summary>
    /// <param name="random">The source of chance.</param>
    public static MemoryId New(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return New(random.NextInt64());
    }

    private static MemoryId New(long bits) =>
        new(string.Create(Length, bits, static (span, bits) =>
        {
            for (var i = 0; i < span.Length; i++, bits >>= 5)
            {
                span[i] = Alphabet[(int)(bits & 31)];
            }
        }));

    /// <summary>Reads an id that a client sent.</summary>
    /// <param name="text">The text; letter case does not matter.</param>
    /// <param name="id">The id when the text is one.</param>
    /// <returns>Whether the text has the form of an id; nothing is said about whether such a memory exists.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MemoryId id)
    {
        id = default;
        if (text is not { Length: Length })
        {
            return false;
        }

        var lower = text.ToLowerInvariant();
        if (lower.AsSpan().ContainsAnyExcept(Letters))
        {
            return false;
        }

        id = new MemoryId(lower);
        return true;
    }

    internal static MemoryId FromStore(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
