using System.Runtime.InteropServices;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>
/// What somebody said of pairs. It holds for the statements and not only for the two memories: for others in the same words, and for
/// what has taken one of them in. So what was undone is not done again by a detour.
/// </summary>
internal sealed class OwnersWord
{
    private readonly Dictionary<(long, long), Said> _pairs = [];
    private readonly HashSet<long> _statements = [];

    /// <param name="marks">What was said, in the order in which it was: the last word counts.</param>
    public OwnersWord(IEnumerable<StatementMark> marks)
    {
        foreach (var mark in marks)
        {
            ref var said = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, Key(mark.First, mark.Second), out _);
            said = mark.Kind == PairMarkKind.NotContradiction ? said with { CanBothBeTrue = true } : said with { AreSame = mark.Kind == PairMarkKind.Duplicate };
            _statements.Add(mark.First);
            _statements.Add(mark.Second);
        }
    }

    /// <summary>Whether nothing was said.</summary>
    public bool IsEmpty => _pairs.Count == 0;

    /// <summary>Whether something was said of a statement.</summary>
    public bool Knows(long statement) => _statements.Contains(statement);

    /// <summary>What was said of two memories, by the statements that they hold; that two of those are not the same outweighs that others are.</summary>
    public Said Of(IReadOnlyCollection<long> one, IReadOnlyCollection<long> other)
    {
        var found = default(Said);
        foreach (var a in one)
        {
            foreach (var b in other)
            {
                if (_pairs.TryGetValue(Key(a, b), out var said))
                {
                    found = new Said(found.AreSame == false ? false : said.AreSame ?? found.AreSame, found.CanBothBeTrue || said.CanBothBeTrue);
                }
            }
        }

        return found;
    }

    private static (long, long) Key(long one, long other) => one < other ? (one, other) : (other, one);

    /// <summary>What was said of a pair.</summary>
    /// <param name="AreSame">Whether they say the same; <see langword="null"/> when nobody said so or otherwise.</param>
    /// <param name="CanBothBeTrue">Whether somebody said that both can be true.</param>
    internal readonly record struct Said(bool? AreSame, bool CanBothBeTrue);
}
