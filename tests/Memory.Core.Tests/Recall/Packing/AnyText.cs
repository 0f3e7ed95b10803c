using CsCheck;

namespace Memory.Core.Tests.Recall.Packing;

/// <summary>Texts of every sort: prose, scripts without spaces, base64, broken surrogates, marks and line breaks.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
        ["Mara ", "the harbor ", "is ", "crane", ". ", "? ", "! ", "。", "港口", "👩‍💻", "\n", "\n\n", "e.g. ", "3.5 ", "'s ", "...", "/", "aGVsbG8", "  ", "20261124", "ß", "\ud800", "[", ") ", "e\u0301"];

    public static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 200],
        Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]).Array[0, 60].Select(static p => string.Concat(p)),
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]), Gen.Int[1, 400]).Select(static (p, n) => string.Concat(Enumerable.Repeat(p, n))));
}
