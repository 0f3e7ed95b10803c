using static Memory.Core.Consolidation.Pairs.SentenceParts;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Reads the changes that several words tell together and no verb alone: 'B instead of A', 'was A until May and is B now', 'gave A up'.</summary>
internal static class ChangePhrases
{
    // Somebody's first and last name; whoever is told more of before 'formerly' is told what is now.
    private const int Name = 2;

    /// <summary>The change that is told from a place on; <see langword="null"/> for none.</summary>
    public static Change? Read(List<StatementToken> words, int at) => words[at].Text switch
    {
        "instead" when Follow(words, at, "of") => Instead(words, at, at + 2),
        "rather" when Follow(words, at, "than") => Instead(words, at, at + 2),
        "in" when Follow(words, at, "place", "of") => Instead(words, at, at + 3),
        "after" when Follow(words, at, "having", "been") => HavingBeen(words, at),
        "formerly" or "previously" => Formerly(words, at),
        "was" or "were" => UntilNow(words, at),
        "gave" or "given" => GivenUp(words, at),
        "taken" or "took" => TakenOut(words, at),
        _ => null,
    };

    private static bool Follow(List<StatementToken> words, int at, params ReadOnlySpan<string> texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (at + 1 + i >= words.Count || words[at + 1 + i].Text != texts[i])
            {
                return false;
            }
        }

        return true;
    }

    private static Change Instead(List<StatementToken> words, int at, int old) =>
        new(ChangeKind.Replaced, words[at].Text, [], After(words, old), Before(words, at));

    // 'is Zed after having been Vim for years'.
    private static Change HavingBeen(List<StatementToken> words, int at) =>
        new(ChangeKind.Replaced, "after", [], NextIn(words, at, "for") is > 0 and var term ? Stems(words, at + 3, term) : After(words, at + 3), Before(words, at));

    // 'lived in Rome previously', 'uses Zed, formerly Vim' and 'formerly used Vim'.
    private static Change Formerly(List<StatementToken> words, int at) =>
        After(words, at + 1).Count == 0 ? new Change(ChangeKind.Ended, words[at].Text, [], Before(words, at), [])
        : Before(words, at) is { Count: > Name } now ? new Change(ChangeKind.Replaced, words[at].Text, [], After(words, at + 1), now)
        : new Change(ChangeKind.Ended, words[at].Text, Before(words, at), After(words, at + 1), []);

    // 'was 20 until May and is 30 now'.
    private static Change? UntilNow(List<StatementToken> words, int at)
    {
        var until = NextIn(words, at + 1, "until");
        var now = until < 0 ? -1 : NextIn(words, until, "now");
        if (now < 0)
        {
            return null;
        }

        var (old, copula) = (Stems(words, at + 1, until), words.FindIndex(until, now - until, static w => w.Text is "is" or "are" or "it's"));
        var current = copula < 0 || copula == now - 1 ? After(words, now + 1) : Stems(words, copula + 1, now);
        return old.Count > 0 && current.Count > 0 ? new Change(ChangeKind.Replaced, "until", Before(words, at), old, current) : null;
    }

    // 'gave the car up'; 'gave up' alone is read as any end is.
    private static Change? GivenUp(List<StatementToken> words, int at)
    {
        var up = NextIn(words, at + 1, "up");
        return up > at + 1 && up <= at + 5 && Stems(words, at + 1, up) is { Count: > 0 } old
            ? new Change(ChangeKind.Ended, words[at].Text, Before(words, at), old, [])
            : null;
    }

    // 'was taken out of the cellar and put into the attic'.
    private static Change? TakenOut(List<StatementToken> words, int at)
    {
        var (of, put) = (NextIn(words, at + 1, "of"), NextIn(words, at + 1, "put"));
        if (of <= at + 1 || put < of || words[of - 1].Text != "out")
        {
            return null;
        }

        List<string> subject = [.. Before(words, at), .. Stems(words, at + 1, of - 1)];
        return After(words, of + 1) is { Count: > 0 } old && After(words, put + 1) is { Count: > 0 } now
            ? new Change(ChangeKind.Replaced, words[at].Text, subject, old, now)
            : null;
    }
}
