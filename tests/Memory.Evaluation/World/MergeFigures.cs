using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>
/// How well memories were merged, counted in pairs of memories. A pair in one cluster is merged rightly when one of the cluster's members
/// claims all that the two claim: so the same in other words is, and a part beside the whole.
/// </summary>
/// <param name="Rightly">Pairs merged that belong together.</param>
/// <param name="Wrongly">Pairs merged that do not.</param>
/// <param name="LeftApart">Pairs of active memories, of one kind, that claim the same and are two still.</param>
internal readonly record struct MergeFigures(int Rightly, int Wrongly, int LeftApart)
{
    public static MergeFigures Of(Holdings holdings)
    {
        var pairs = JudgedPairs(holdings).ToLookup(static p => p.IsRight);
        var apart = holdings.Active.GroupBy(m => (m.Kind, Key(holdings.Claims(m.Id)))).Sum(static g => g.Count() * (g.Count() - 1) / 2);
        return new MergeFigures(pairs[true].Count(), pairs[false].Count(), apart);
    }

    /// <summary>The pairs that do not belong together.</summary>
    public static IEnumerable<(MemoryId One, MemoryId Other)> WrongPairs(Holdings holdings) =>
        JudgedPairs(holdings).Where(static p => !p.IsRight).Select(static p => (p.One, p.Other));

    private static IEnumerable<(MemoryId One, MemoryId Other, bool IsRight)> JudgedPairs(Holdings holdings)
    {
        foreach (var cluster in holdings.Clusters)
        {
            // What consolidation made of several says nothing of its own.
            var members = cluster.Where(static m => m.Claims.Count > 0).ToArray();
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = i + 1; j < members.Length; j++)
                {
                    yield return (members[i].Id, members[j].Id, members.Any(m => m.Claims.IsSupersetOf(members[i].Claims) && m.Claims.IsSupersetOf(members[j].Claims)));
                }
            }
        }
    }

    private static string Key(IReadOnlySet<Claim> claims) => string.Join('\n', claims.Select(static c => c.ToString()).Order(StringComparer.Ordinal));
}
