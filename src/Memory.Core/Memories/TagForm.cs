using System.Text;

namespace Memory.Core.Memories;

/// <summary>The one form in which tags are stored and sought, however they were typed: 'é' is one letter also where it came as two.</summary>
internal static class TagForm
{
    /// <summary>A tag without white space around it, in Unicode's composed form (NFC).</summary>
    public static string Of(string tag) => Composed(tag.Trim());

    /// <summary>A tag, or the beginning of one, in Unicode's composed form (NFC); as it is when it is not text, which is refused where tags are checked.</summary>
    public static string Composed(string tag) =>
        Ascii.IsValid(tag) || TextCheck.Unreadable("", tag, lineBreaks: true) is not null ? tag : tag.Normalize(NormalizationForm.FormC);

    /// <summary>The tags of a memory: each once, in order.</summary>
    public static string[] Set(IEnumerable<string> tags) => [.. tags.Select(Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
