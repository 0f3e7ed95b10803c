using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Tells questions from statements: what is asked is not said. A question ends with its mark, or begins with a verb that its subject follows
/// ('can we deploy').
/// </summary>
internal static class Questions
{
    private const string Closing = "\"'“”‘’»›)]}*_`";

    private static readonly FrozenSet<string> Verbs = Set("is are was were am can could should would will shall do does did has have had may might must isn't aren't can't don't doesn't didn't won't");
    private static readonly FrozenSet<string> Subjects = Set("i we you he she it they there");
    private static readonly FrozenSet<string> Determiners = Set("the my our his her their your");
    private static readonly FrozenSet<string> BeforeNouns = Set("is are was were does did can could should would may might must");

    /// <summary>Of each sentence, in order, whether it asks; empty when none does.</summary>
    public static IReadOnlyList<bool> Read(string content)
    {
        if (!MayAsk(content))
        {
            return [];
        }

        bool[] asks = [.. Sentences.Of(content).Select(Asks)];
        return asks.Contains(true) ? asks : [];
    }

    private static bool MayAsk(string content) => content.AsSpan().ContainsAny('?', '？', '؟') || Verbs.Contains(FirstWord(content.AsSpan().TrimStart()));

    private static bool Asks(string sentence)
    {
        var text = sentence.AsSpan().TrimEnd();
        while (text.Length > 0 && (Closing.Contains(text[^1], StringComparison.Ordinal) || char.IsSymbol(text[^1]) || char.IsSurrogate(text[^1]) || char.IsWhiteSpace(text[^1])))
        {
            text = text[..^1];
        }

        while (text.Length > 0 && text[^1] is '.' or '!' or '…' or '?' or '？' or '؟')
        {
            if (text[^1] is '?' or '？' or '؟')
            {
                return true;
            }

            text = text[..^1];
        }

        return IsInverted(text);
    }

    // 'Is Henrik on leave' and 'do we deploy'; 'is vegetarian' leaves its subject out, 'do it first' asks for no answer.
    private static bool IsInverted(ReadOnlySpan<char> sentence)
    {
        var verb = FirstWord(sentence);
        var rest = sentence[Math.Min(sentence.Length, verb.Length)..].TrimStart();
        var subject = FirstWord(rest);
        if (!Verbs.Contains(verb) || subject.Length == 0 || subject.Length == rest.Length)
        {
            return false;
        }

        return Subjects.Contains(subject) ? !(verb is "do" or "have" && subject == "it")
            : BeforeNouns.Contains(verb) && (char.IsUpper(rest[0]) || Determiners.Contains(subject)) && rest[subject.Length..].Trim().Length > 0;
    }

    private static string FirstWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return text[..end].ToString().Replace('’', '\'').ToLowerInvariant();
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
