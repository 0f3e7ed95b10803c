using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that say something alike of two things which are no names: 'the fee for the storage unit is 29 euros' and 'the fee for the newspaper
/// is 61 euros'. Both may well be true.
/// </summary>
internal static class Topics
{
    private static readonly FrozenSet<string> Articles = Set("the a an my our his her their your");
    private static readonly FrozenSet<string> OfWhat = Set("of for to with about");

    /// <summary>Whether each of two statements has a thing of which it speaks that the other does not know, and none that both know.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        var (here, there) = (Read(one), Read(other));
        return here.Count > 0 && there.Count > 0 && !here.Exists(other.AllStems.Contains) && !there.Exists(one.AllStems.Contains);
    }

    // 'of the storage unit', 'for our car', 'to cancel the lease', and 'the alarm system' where a sentence begins: the first word behind the article.
    private static List<string> Read(PairStatement statement)
    {
        var (tokens, found) = (statement.Tokens, new List<string>());
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (!Articles.Contains(tokens[i].Text) || !(tokens[i].StartsSentence || (i > 0 && OfWhat.Contains(tokens[i - 1].Text)) || (i > 1 && tokens[i - 2].Text == "to" && tokens[i - 1].Kind == TokenKind.Word)))
            {
                continue;
            }

            var end = i + 1;
            while (end < tokens.Count && end <= i + 2 && tokens[end] is { Kind: TokenKind.Word, IsCapital: false, StartsSentence: false } && statement.TermIndex.Contains(tokens[end].Stem))
            {
                end++;
            }

            // 'The price of the car': it speaks of the car.
            if (end > i + 1 && !(tokens[i].StartsSentence && end < tokens.Count && OfWhat.Contains(tokens[end].Text)))
            {
                found.Add(tokens[i + 1].Stem);
            }
        }

        return found;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
