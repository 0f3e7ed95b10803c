using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Memory.Core.Memories;
using Microsoft.Extensions.Primitives;

namespace Memory.Server.Http.Rest;

/// <summary>
/// Which version of a memory was seen, as an entity tag of two halves: a hash of what the memory says, and one of all that was shown of it. Who
/// has the same tag has seen the same; who changes a memory is held to the first half alone, as that somebody recalled it meanwhile makes no
/// change wrong. Hashes, and not the number of the last change: whoever tries all numbers would find it, and with it how much happens
/// in other namespaces.
/// </summary>
internal static class MemoryVersion
{
    private const int HashBytes = 12;

    /// <summary>The tag of an answer.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="shown">All that is shown of it.</param>
    public static string ETag(MemoryRecord memory, ReadOnlySpan<byte> shown) => $"\"{StateHash(memory)}-{Hash(shown)}\"";

    /// <summary>Whether one of the tags of <c>If-None-Match</c> is that of the answer.</summary>
    public static bool MatchesAnswer(StringValues tags, string tag) => tags.Any(t => t is not null && Split(t).Any(one => one == "*" || (one.StartsWith("W/", StringComparison.Ordinal) ? one[2..] : one) == tag));

    /// <summary>Whether the memory says what one of the tags of <c>If-Match</c> was made of.</summary>
    public static bool MatchesState(string tags, MemoryRecord memory) => Split(tags).Any(one => one.StartsWith($"\"{StateHash(memory)}-", StringComparison.Ordinal));

    private static string[] Split(string tags) => tags.Split(',', StringSplitOptions.TrimEntries);

    private static string StateHash(MemoryRecord memory) => Hash(Encoding.UTF8.GetBytes(string.Join('\n', Fields(memory))));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HashBytes));

    // Those with line breaks last: no two versions make the same text.
    private static IEnumerable<string?> Fields(MemoryRecord memory) =>
    [
        memory.Id.Value, Names.Of(memory.State), Names.Of(memory.Kind), Number(memory.Importance), Number(memory.Confidence), Ticks(memory.ConfidenceAt), Ticks(memory.UpdatedAt),
        Ticks(memory.OccurredAt), Ticks(memory.ValidUntil), memory.Source, memory.Session, .. memory.Tags, "", memory.Content,
    ];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string? Ticks(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
