using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Says which conditions of a recall keep a memory out before anything is ranked.</summary>
internal static class KeptOut
{
    /// <summary>Everything that speaks against a memory, with what is wanted and what it has.</summary>
    /// <param name="memory">The memory, as it was at the time as of which is recalled.</param>
    /// <param name="request">The recall.</param>
    public static string By(MemoryRecord memory, RecallRequest request)
    {
        var filter = request.Filter;
        var folded = Folding.Identity(memory.Content);
        var lacking = QueryText.Phrases(request.Query).Where(p => !folded.Contains(Folding.Identity(p), StringComparison.Ordinal)).Take(3).ToArray();
        string?[] reasons =
        [
            memory.CreatedAt > request.AsOf ? $"it was stored later, at {memory.CreatedAt:yyyy-MM-dd HH:mm} UTC" : null,
            filter.States.Count > 0 && !filter.States.Contains(memory.State) ? $"it is {Names.Of(memory.State)}, and states lets {Join(filter.States.Select(Names.Of))} through" : null,
            filter.Kinds.Count > 0 && !filter.Kinds.Contains(memory.Kind) ? $"it is of kind {Names.Of(memory.Kind)}, and kinds lets {Join(filter.Kinds.Select(Names.Of))} through" : null,
            LacksTags(memory, filter) ? $"it has {(memory.Tags.Count == 0 ? "no tags" : $"the tags {Join(memory.Tags)}")}, and tags asks for {(filter.AllTags ? "all" : "one")} of {Join(filter.Tags)}" : null,
            memory.When < filter.Since ? $"it is of {memory.When:yyyy-MM-dd HH:mm} UTC, and since is {filter.Since:yyyy-MM-dd HH:mm}" : null,
            memory.When > filter.Until ? $"it is of {memory.When:yyyy-MM-dd HH:mm} UTC, and until is {filter.Until:yyyy-MM-dd HH:mm}" : null,
            memory.Confidence < filter.MinConfidence
                ? FormattableString.Invariant($"its confidence {(request.AsOf is null ? "is" : "was")} {memory.Confidence:0.00}, and min_confidence is {filter.MinConfidence:0.00##}") : null,
            lacking.Length > 0 ? $"it does not hold the words in quotes: {Join(lacking.Select(static p => $"\"{p}\""))}" : null,
        ];
        var because = string.Join("; ", reasons.OfType<string>());
        return because.Length > 0 ? because
            : string.IsNullOrWhiteSpace(request.Query) ? "others are more active"
            : "it does not hold what was asked, as it stands";
    }

    private static bool LacksTags(MemoryRecord memory, MemoryFilter filter) => filter.Tags.Count > 0
        && (filter.AllTags ? filter.Tags.Any(t => !memory.Tags.Contains(t)) : !filter.Tags.Any(t => memory.Tags.Contains(t)));

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
