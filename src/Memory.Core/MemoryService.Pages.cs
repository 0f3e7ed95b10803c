using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;

namespace Memory.Core;

public sealed partial class MemoryService
{
    /// <summary>The most memories of one page.</summary>
    public const int MaxPage = 200;

    /// <summary>Lists memories page by page, the last stored first. Looking does not count as recalling; what is stored meanwhile moves no page.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="filter">Which memories.</param>
    /// <param name="after">The last memory of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="limit">How many, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<Outcome<MemoryPage>> ListAsync(
        Namespace ns, MemoryFilter filter, MemoryId? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (limit is < 1 or > MaxPage)
        {
            return Problem.Invalid($"limit is {limit}; a number from 1 to {MaxPage} is allowed.");
        }

        // One more than is shown tells whether there is another page.
        var found = await _store.ReadAsync(ns, reader => reader.Page(filter, after, limit + 1), cancellationToken);
        return found.Count > limit ? new MemoryPage([.. found.Take(limit)], found[limit - 1].Id) : new MemoryPage(found, null);
    }
}
