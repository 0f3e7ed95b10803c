using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Memory.Core.Memories;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

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

    /// <summary>Whether one of the tags of <c>If-None-Match</c> is that of the answer, weak or not.</summary>
    public static bool MatchesAnswer(StringValues given, string tag) =>
        EntityTagHeaderValue.TryParseList(Lines(given), out var tags) && tags.Any(one => one == EntityTagHeaderValue.Any || one.Tag == tag);

    /// <summary>Reads <c>If-Match</c> (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110</see>), in however many lines it comes.</summary>
    /// <param name="given">Its values.</param>
    /// <param name="expects">Whether a memory is one of those that were seen, where a weak tag is never the same; <see langword="null"/> when every memory will do.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryReadIfMatch(StringValues given, out Func<MemoryRecord, bool>? expects, [NotNullWhen(false)] out Problem? problem)
    {
        (expects, problem) = (null, null);
        if (given.Count == 0 || given is [{ } only] && only.Trim() == "*")
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(Lines(given), out var tags) || tags.Count == 0 || tags.Any(static t => t == EntityTagHeaderValue.Any))
        {
            problem = new Problem(ProblemCode.Invalid, $"If-Match is '{RestArguments.Excerpt(given.ToString())}'; the ETag of an answer, with its quotes, several separated by commas, or * alone is allowed.");
            return false;
        }

        string[] strong = [.. tags.Where(static t => !t.IsWeak).Select(static t => t.Tag.ToString())];
        expects = memory => strong.Any(one => one.StartsWith($"\"{StateHash(memory)}-", StringComparison.Ordinal));
        return true;
    }

    private static string[] Lines(StringValues given) => [.. given.OfType<string>()];

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
