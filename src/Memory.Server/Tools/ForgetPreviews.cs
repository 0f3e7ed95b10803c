using Memory.Core.Memories;

namespace Memory.Server.Tools;

/// <summary>What a preview has shown.</summary>
/// <param name="Matches">The memories that would be erased.</param>
/// <param name="All">They and their earlier versions.</param>
internal sealed record ShownMemories(IReadOnlyList<MemoryId> Matches, IReadOnlySet<MemoryId> All);

/// <summary>What was lately shown of queries to forget, so that a confirmation erases exactly what was seen and nothing stored since.</summary>
internal sealed class ForgetPreviews(TimeProvider time)
{
    private const int MaxRemembered = 64;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Namespace, string), (ShownMemories Shown, DateTimeOffset At)> _shown = [];

    public void Remember(Namespace ns, string query, ShownMemories shown)
    {
        lock (_lock)
        {
            if (_shown.Count >= MaxRemembered)
            {
                _shown.Remove(_shown.MinBy(static s => s.Value.At).Key);
            }

            _shown[(ns, query)] = (shown, time.GetUtcNow());
        }
    }

    /// <summary>What was shown, once; <see langword="null"/> when nothing was, or too long ago.</summary>
    public ShownMemories? Take(Namespace ns, string query)
    {
        lock (_lock)
        {
            return _shown.Remove((ns, query), out var shown) && time.GetUtcNow() - shown.At <= Lifetime ? shown.Shown : null;
        }
    }
}
