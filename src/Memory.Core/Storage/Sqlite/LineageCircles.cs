namespace Memory.Core.Storage.Sqlite;

/// <summary>Finds memories that lineage leads back to themselves: each says that another holds its words, and none does.</summary>
internal static class LineageCircles
{
    /// <summary>How many memories are in such circles, or lead to nothing but one.</summary>
    public static int Count(SqliteSession session)
    {
        var links = session.Query("SELECT from_memory, to_memory FROM links", static r => (From: r.GetInt64(0), To: r.GetInt64(1)));
        var sources = links.ToLookup(static l => l.To, static l => l.From);
        var open = links.CountBy(static l => l.From).ToDictionary();
        var ends = new Queue<long>(links.Select(static l => l.To).Distinct().Where(to => !open.ContainsKey(to)));
        while (ends.TryDequeue(out var end))
        {
            foreach (var from in sources[end])
            {
                if (--open[from] == 0)
                {
                    open.Remove(from);
                    ends.Enqueue(from);
                }
            }
        }

        return open.Count;
    }
}
