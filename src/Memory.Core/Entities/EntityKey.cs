using System.Text;
using Memory.Core.Memories;

namespace Memory.Core.Entities;

/// <summary>The key under which all spellings of an entity meet.</summary>
internal static class EntityKey
{
    /// <summary>The key of a name, empty when nothing of it is left.</summary>
    /// <param name="name">The name as it is written; may hold half surrogate pairs.</param>
    public static string Of(ReadOnlySpan<char> name)
    {
        name = WithoutPossessive(name);
        if (name.EndsWith("()"))
        {
            name = name[..^2];
        }

        return IsPlain(name) ? Plain(name) : Folding.Identity(Whole(name));
    }

    /// <summary>'Ana's' and 'James'' without what makes them possessive.</summary>
    public static ReadOnlySpan<char> WithoutPossessive(ReadOnlySpan<char> name) => name switch
    {
        [.., '\'' or '’' or 'ʼ', 's' or 'S'] => name[..^2],
        [.., 's' or 'S', '\'' or '’' or 'ʼ'] => name[..^1],
        _ => name,
    };

    // Nearly every name is plain ASCII, which needs none of the Unicode tables: folding it is trimming and lowering.
    private static bool IsPlain(ReadOnlySpan<char> name)
    {
        if (name.ContainsAnyExceptInRange(' ', '~') || name.ContainsAny('`', '!'))
        {
            return false;
        }

        return name.IsEmpty || (name[0] != ' ' && name[^1] != ' ' && name.IndexOf("  ") < 0);
    }

    private static string Plain(ReadOnlySpan<char> name)
    {
        name = name.TrimEnd(" .,;:");
        Span<char> lower = stackalloc char[EntityExtractor.MaxLength];
        return name.Length > lower.Length
            ? name.ToString().ToLowerInvariant()
            : lower[..name.ToLowerInvariant(lower)].ToString();
    }

    // Unicode normalisation refuses half a surrogate pair.
    private static string Whole(ReadOnlySpan<char> name)
    {
        var builder = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            builder.Append(rune.ToString());
        }

        return builder.ToString();
    }
}
