using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Language;

/// <summary>
/// Asks a language model within one run of consolidation: within a budget, a limit of time a call, and never twice what it cannot answer.
/// Whatever goes wrong, the caller gets no answer and goes by its rules; <see cref="Counts"/> says so. Puts one question at a time, so it must
/// be called outside transactions. Not thread-safe.
/// </summary>
/// <param name="source">The model.</param>
/// <param name="reader">Reads statements for the guard.</param>
/// <param name="time">The clock of the limit.</param>
internal sealed class LanguageModelRun(LanguageModelSource source, StatementReader reader, TimeProvider time)
{
    // Asked both ways round: a model that prefers what it reads first, or a memory that says 'answer first', decides nothing.
    private const int CallsForTie = 2;

    private int _failuresInARow;

    /// <summary>What it did so far.</summary>
    public LanguageModelCounts Counts { get; private set; } = LanguageModelCounts.None;

    /// <summary>Words one statement for several.</summary>
    /// <param name="statements">Two or more memories of one kind that say the same or parts of the same.</param>
    /// <param name="cancellationToken">Ends it, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A text that loses nothing and adds nothing, as far as <see cref="WordingGuard"/> can tell; <see langword="null"/> to go by the rules.</returns>
    public async Task<string?> WordAsync(IReadOnlyList<MemoryRecord> statements, CancellationToken cancellationToken)
    {
        if (!MayAsk(1, statements))
        {
            return null;
        }

        if (await AskAsync(LanguagePrompts.Word(statements), LanguageAnswers.Wording, cancellationToken).ConfigureAwait(false) is not { } wording)
        {
            return null;
        }

        var read = reader.Read(wording, statements[0].Kind, statements[0].CreatedAt, statements[0].OccurredAt);
        if (WordingGuard.Refuses([.. statements.Select(reader.Read)], read) is { } reason)
        {
            Refuse($"A wording was refused: {reason}.");
            return null;
        }

        return Accept(wording);
    }

    /// <summary>Decides between two statements that cannot both be true now and of which the rules find none clearly better.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="cancellationToken">Ends it, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Which is true now; <see cref="PairOrder.Neither"/> to go by the rules.</returns>
    public async Task<PairOrder> DecideAsync(MemoryRecord first, MemoryRecord second, CancellationToken cancellationToken)
    {
        if (!MayAsk(CallsForTie, [first, second]))
        {
            return PairOrder.Neither;
        }

        var there = await TieAsync(first, second, cancellationToken).ConfigureAwait(false);
        if (there is null or PairOrder.Neither)
        {
            return there is null ? PairOrder.Neither : Accept(PairOrder.Neither);
        }

        var back = await TieAsync(second, first, cancellationToken).ConfigureAwait(false);
        if ((there, back) is (PairOrder.First, PairOrder.Second) or (PairOrder.Second, PairOrder.First))
        {
            return Accept(there.Value);
        }

        if (back is not null)
        {
            Refuse("A decision was refused: it changed with the order of the statements.");
        }

        return PairOrder.Neither;
    }

    private Task<PairOrder?> TieAsync(MemoryRecord first, MemoryRecord second, CancellationToken cancellationToken) =>
        AskAsync(LanguagePrompts.Decide(first, second), LanguageAnswers.Tie, cancellationToken);

    private T Accept<T>(T answer)
    {
        Counts = Counts with { Accepted = Counts.Accepted + 1 };
        return answer;
    }

    private bool MayAsk(int calls, IReadOnlyList<MemoryRecord> statements)
    {
        var options = source.Options;
        if (!source.IsConfigured || statements.Sum(static s => s.Content.Length) > options.MaxCharacters)
        {
            return false;
        }

        var may = Counts.Calls + calls <= options.CallsPerRun && _failuresInARow < options.FailuresToStop;
        Counts = may ? Counts : Counts with { NotAsked = Counts.NotAsked + 1 };
        return may;
    }

    private async Task<T?> AskAsync<T>(LanguagePrompt prompt, Func<string, T?> read, CancellationToken cancellationToken)
    {
        Counts = Counts with { Calls = Counts.Calls + 1 };
        if (await TextAsync(prompt, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return default;
        }

        if (read(text) is { } answer)
        {
            _failuresInARow = 0;
            return answer;
        }

        _failuresInARow++;
        Refuse("The language model answered in another form than asked for.");
        return default;
    }

    private async Task<string?> TextAsync(LanguagePrompt prompt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(source.Options.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Waited for at most until the limit, even by a client that does not heed it.
            return source.Client is { Succeeded: true } made
                ? (await made.Value.GetResponseAsync(prompt.Messages, prompt.Options, both.Token).WaitAsync(both.Token).ConfigureAwait(false)).Text
                : Fail(source.Client.Problem!.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Fail($"The language model gave no answer within {source.Options.CallTimeout.TotalSeconds:0.#} seconds.");
        }
        catch (LanguageModelException error)
        {
            return Fail(error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A client may throw anything, and its message may hold what was asked.
            return Fail($"The language model failed: {error.GetType().Name}.");
        }
    }

    private string? Fail(string problem)
    {
        _failuresInARow++;
        Counts = Counts with { Failed = Counts.Failed + 1, Problem = Counts.Problem ?? problem };
        return null;
    }

    private void Refuse(string problem) => Counts = Counts with { Refused = Counts.Refused + 1, Problem = Counts.Problem ?? problem };
}
