using Memory.Core.Memories;

namespace Memory.Core.Recall.Packing;

/// <summary>Fits the results of a recall into its budget of tokens: best first, and of what does not fit, says what it was.</summary>
internal static class ResultPacking
{
    /// <summary>
    /// Passes over what does not fit; a shorter result after it may still. Only a best result that is larger than the whole budget
    /// is shown briefly or, when that is not enough, cut at the end of a sentence, since without it the recall would answer beside the question.
    /// </summary>
    /// <param name="all">All results, best first.</param>
    /// <param name="request">The budget, and how the caller shows a result.</param>
    public static RecallResult Fit(RecallResult all, RecallRequest request)
    {
        if (request.MaxTokens is not { } budget || all.Memories.Count == 0)
        {
            return all;
        }

        var texts = all.Memories.Select(request.Render).ToArray();
        if (texts.Sum(static t => (long)TokenCounter.UpperBound(t)) <= budget)
        {
            // Nothing to count this time; but who asks for a bound will soon ask for one that needs it.
            TokenCounter.LoadInBackground();
            return all;
        }

        var packed = new List<RecalledMemory>();
        var leftOut = new List<MemoryId>();
        var left = budget;
        for (var i = 0; i < texts.Length; i++)
        {
            var result = all.Memories[i];
            var cost = TokenCounter.Count(texts[i], left);
            if (cost > left && i == 0 && Shortened(result, request.Render, budget) is { } shortened)
            {
                (result, cost) = shortened;
            }

            if (cost > left)
            {
                leftOut.Add(result.Memory.Id);
                continue;
            }

            left -= cost;
            packed.Add(result);
        }

        return all with
        {
            Memories = packed,
            LeftOut = leftOut,
            Note = NoteOf(all, packed, request.Render, budget) is { } about ? $"{about} {all.Note}".TrimEnd() : all.Note,
            WhyNot = all.WhyNot is { } asked && leftOut.Contains(asked.Id) ? asked with { Reason = "it did not fit into max_tokens" } : all.WhyNot,
        };
    }

    // The whole statement without what describes it, before the beginning of the statement with it.
    private static (RecalledMemory Result, int Cost)? Shortened(RecalledMemory result, Func<RecalledMemory, string> render, int budget)
    {
        var brief = result with { IsBrief = true };
        var cost = TokenCounter.Count(render(brief), budget);
        return cost <= budget ? (brief, cost) : Beginning(result, render, budget) ?? Beginning(brief, render, budget);
    }

    private static (RecalledMemory Cut, int Cost)? Beginning(RecalledMemory result, Func<RecalledMemory, string> render, int budget)
    {
        var content = result.Memory.Content;
        var ends = SentenceEnds.Of(content);
        (RecalledMemory, int)? longest = null;
        for (var (low, high) = (0, ends.Count - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            var cut = result with { Excerpt = content[..ends[middle]] };
            var cost = ends[middle] < content.Length ? TokenCounter.Count(render(cut), budget) : int.MaxValue;
            if (cost <= budget)
            {
                longest = (cut, cost);
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return longest;
    }

    private static string? NoteOf(RecallResult all, List<RecalledMemory> packed, Func<RecalledMemory, string> render, int budget) => packed.Count switch
    {
        0 => $"max_tokens {budget} is too small for {(all.Memories.Count == 1 ? "the only result" : $"any of the {all.Memories.Count} results")}; {Needed(all.Memories[0], render)}",
        _ when packed[0].Memory.Id != all.Memories[0].Memory.Id => $"max_tokens {budget} is too small for the best result; {Needed(all.Memories[0], render)}",
        _ => null,
    };

    // What would have been enough: for all of the best result, and for as little of it as is ever shown.
    private static string Needed(RecalledMemory best, Func<RecalledMemory, string> render)
    {
        var brief = best with { IsBrief = true };
        var whole = TokenCounter.Count(render(brief));
        var first = SentenceEnds.Of(best.Memory.Content) is [var end, ..] && end < best.Memory.Content.Length
            ? TokenCounter.Count(render(brief with { Excerpt = best.Memory.Content[..end] })) : whole;
        return first < whole ? $"the best needs {whole}, its first sentence {first}." : $"the best needs {whole}.";
    }
}
