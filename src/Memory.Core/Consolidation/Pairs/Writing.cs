using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What of a text carries meaning and no comparison of words sees: signs and symbols, articles that are part of a name, code in backticks, and whether
/// it asks. Texts that fold to the same may differ in it. Thread-safe.
/// </summary>
/// <param name="Content">The text.</param>
/// <param name="Symbols">Its symbols, in order.</param>
/// <param name="Articles">Its articles, in order.</param>
/// <param name="Code">What stands in backticks, in order.</param>
/// <param name="Questions">Of each sentence whether it asks; empty when none does.</param>
/// <param name="Marks">The marks that are part of what they touch, in order.</param>
internal sealed record Writing(
    string Content, IReadOnlyList<Symbol> Symbols, IReadOnlyList<NamingArticles.Found> Articles, IReadOnlyList<string> Code, IReadOnlyList<bool> Questions, IReadOnlyList<string> Marks)
{
    // What is longer by a mark or two says no more.
    private const int HardlyLonger = 4;

    /// <summary>Whether it says nothing: it only asks.</summary>
    public bool OnlyAsks => Questions.Count > 0 && !Questions.Contains(false);

    /// <summary>Reads a text.</summary>
    public static Writing Of(string content) =>
        new(content, SymbolReader.Read(content), NamingArticles.Read(content), CodeSpans.Read(content), Pairs.Questions.Read(content), TightMarks.Read(content));

    /// <summary>In what two texts that should say the same differ; <see langword="null"/> when in nothing.</summary>
    public string? Differs(Writing other) =>
        Questions.SequenceEqual(other.Questions) || (OnlyAsks && other.OnlyAsks) ? DiffersInMarks(other) : "one asks what the other says";

    /// <summary>Why this text cannot be said to hold all of another; <see langword="null"/> when nothing speaks against it.</summary>
    public string? DiffersWithin(Writing held) =>
        (Questions.Count > 0 || held.Questions.Count > 0) && !(OnlyAsks && held.OnlyAsks) ? "one asks what the other says"
        : Refusals.Differ(Content, held.Content) ? "a comma turns a denial"
        : WordMarks.Differ(Content, held.Content) || SharpS.Differ(Content, held.Content) ? "a mark within a word makes another word of it"
        : LetterCase.Differs(Content, held.Content) ? "a word is another in another case"
        : MiddleInitials.Differ(Content, held.Content) ? "names differ"
        : SymbolComparison.DifferWithin(this, held) ? "signs or symbols differ"
        : held.Marks.Except(Marks, StringComparer.Ordinal).Any() || (Content.Length - held.Content.Length <= HardlyLonger && TightMarks.Differ(Marks, held.Marks)) ? "signs or symbols differ"
        : NamingArticles.Differ(Near(held), held.Articles) ? "an article is part of a name in one of them"
        : CodeSpans.Lacks(Content, held.Code) || (Code.Count > 0 && held.Code.Except(Code, StringComparer.Ordinal).Any()) || CodeSpans.DifferInCase(Code, held.Content) ? "text in backticks differs"
        : null;

    /// <summary>Whether two texts cannot contradict each other as one asks: a question claims nothing.</summary>
    public bool OneOnlyAsks(Writing other) => OnlyAsks != other.OnlyAsks || (OnlyAsks && (Content.Contains('?', StringComparison.Ordinal) || other.Content.Contains('?', StringComparison.Ordinal)));

    private string? DiffersInMarks(Writing other) =>
        Refusals.Differ(Content, other.Content) ? "a comma turns a denial"
        : WordMarks.Differ(Content, other.Content) || SharpS.Differ(Content, other.Content) ? "a mark within a word makes another word of it"
        : LetterCase.Differs(Content, other.Content) ? "a word is another in another case"
        : MiddleInitials.Differ(Content, other.Content) ? "names differ"
        : SymbolComparison.Differ(Symbols, other.Symbols) || TightMarks.Differ(Marks, other.Marks) ? "signs or symbols differ"
        : NamingArticles.Differ(Articles, other.Articles) ? "an article is part of a name in one of them"
        : CodeSpans.Lacks(Content, other.Code) || CodeSpans.Lacks(other.Content, Code) ? "text in backticks differs"
        : null;

    // Of the longer those that stand at a word of the shorter.
    private List<NamingArticles.Found> Near(Writing held) =>
        [.. Articles.Where(a => a.Before.Length == 0 || held.Content.Contains(a.Before, StringComparison.OrdinalIgnoreCase))];
}
