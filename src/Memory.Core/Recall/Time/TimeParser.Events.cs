namespace Memory.Core.Recall.Time;

/// <content>Events that a time hangs on: 'before the launch', 'after meeting Mara', 'since she moved'.</content>
internal readonly ref partial struct TimeParser
{
    /// <summary>The most words of an event; what follows says something else.</summary>
    private const int MaxEventWords = 8;

    private bool TryEvent(int i, TimeRelation relation, out TimeMatch match)
    {
        match = default;
        var first = i + 1;
        if (!BeginsEvent(first) || (Kind(i) == TimeTokenKind.After && Kind(i - 1) == TimeTokenKind.AfterVerb) || IsStep(i))
        {
            return false;
        }

        var clause = Kind(first) == TimeTokenKind.Pronoun;
        var end = first + 1;
        while (end - first < MaxEventWords && IsOfEvent(end, first, clause))
        {
            end++;
        }

        // Prepositions and articles that lead nowhere do not belong to it.
        while (end > first && Kind(end - 1) is not (TimeTokenKind.Word or TimeTokenKind.Month or TimeTokenKind.Season or TimeTokenKind.Number or TimeTokenKind.Edge
                   or TimeTokenKind.Half or TimeTokenKind.Couple or TimeTokenKind.Counted or TimeTokenKind.AfterVerb or TimeTokenKind.Vague or TimeTokenKind.FeastDay))
        {
            end--;
        }

        var alone = end - first == 1 && Kind(first) is not TimeTokenKind.Word;
        if (end <= first || alone || (end - first == 2 && Kind(first + 1) == TimeTokenKind.Vague))
        {
            return false;
        }

        match = new TimeMatch(relation, end, null, null, IsExact: false, first);
        return true;
    }

    // 'the launch', 'my trip', 'this release', 'a year in Rome'; a name ('Lisbon'); a doing ('meeting Mara'); a clause ('she moved').
    // A bare noun ('after dinner', 'before school') is a habit more often than an event.
    private bool BeginsEvent(int i)
    {
        switch (Kind(i))
        {
            case TimeTokenKind.The or TimeTokenKind.A or TimeTokenKind.Possessor or TimeTokenKind.Pronoun:
                return true;
            case TimeTokenKind.This:
                return Kind(i + 1) == TimeTokenKind.Word;
            case TimeTokenKind.Word:
                var word = _tokens[i];
                return word.IsPossessive || (char.IsLetter(_text[word.Start])
                    && (word.IsCapital || (word.Length > 5 && _text.Slice(word.Start, word.Length).EndsWith("ing", StringComparison.Ordinal))));
            default:
                return false;
        }
    }

    // 'one after the other', 'day after day', 'before the end': an order and no event.
    private bool IsStep(int i) => Kind(i + 1) == TimeTokenKind.The && Kind(i + 2) is TimeTokenKind.Other or TimeTokenKind.Edge && !(Kind(i + 3) == TimeTokenKind.Of);

    private bool IsOfEvent(int i, int first, bool clause)
    {
        switch (Kind(i))
        {
            case TimeTokenKind.Closer:
                return clause && i == first + 1;
            case TimeTokenKind.To:
                // 'the move to Oslo' and 'agreeing to sell', but 'the trip to relax' asks what for.
                return Has(i + 1) && (_tokens[i + 1].IsCapital || Kind(i + 1) is TimeTokenKind.The or TimeTokenKind.Possessor or TimeTokenKind.A
                    || (i == first + 1 && Kind(first) == TimeTokenKind.Word && !_tokens[first].IsCapital));
            case TimeTokenKind.End or TimeTokenKind.Break or TimeTokenKind.Comma or TimeTokenKind.And or TimeTokenKind.Before or TimeTokenKind.After
                or TimeTokenKind.Since or TimeTokenKind.Until or TimeTokenKind.Between or TimeTokenKind.Pronoun or TimeTokenKind.Yesterday or TimeTokenKind.Today
                or TimeTokenKind.Date or TimeTokenKind.Ago:
                return false;
            case TimeTokenKind.In or TimeTokenKind.On or TimeTokenKind.At or TimeTokenKind.Last or TimeTokenKind.This or TimeTokenKind.Next:
                // 'the wedding in May' names the event and its time; the time is an expression of its own.
                return !TryExpression(i, out _);
            default:
                return true;
        }
    }
}
