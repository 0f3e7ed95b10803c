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
        var (rightly, wrongly) = (0, 0);
        foreach (var cluster in holdings.Clusters)
        {
            // What consolidation made of several says nothing of its own.
            var members = cluster.Select(holdings.OwnClaims).Where(static c => c.Count > 0).ToArray();
            foreach (var (first, second) in Pairs(members))
            {
                _ = members.Any(m => m.IsSupersetOf(first) && m.IsSupersetOf(second)) ? rightly++ : wrongly++;
            }
        }

        var apart = holdings.Active.GroupBy(m => (m.Kind, Key(holdings.Claims(m.Id)))).Sum(static g => g.Count() * (g.Count() - 1) / 2);
        return new MergeFigures(rightly, wrongly, apart);
    }

    private static IEnumerable<(IReadOnlySet<Claim> First, IReadOnlySet<Claim> Second)> Pairs(IReadOnlySet<Claim>[] members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = i + 1; j < members.Length; j++)
            {
                yield return (members[i], members[j]);
            }
        }
    }

    private static string Key(IReadOnlySet<Claim> claims) => string.Join('\n', claims.Select(static c => c.ToString()).Order(StringComparer.Ordinal));
}
