namespace Memory.Core.Screening;

/// <summary>Finds and replaces credentials in a text.</summary>
internal static class Secrets
{
    private const int MaxRounds = 8;

    /// <summary>The credentials of a text, in order, none within another.</summary>
    public static IReadOnlyList<SecretSpan> Find(string text) =>
        LikenedText.Of(text) is { } likened ? [.. FindAsItStands(likened.Text).Select(likened.InOriginal)] : FindAsItStands(text);

    /// <summary>How what stands in place of a credential begins.</summary>
    public const string Beginning = "[redacted: ";

    /// <summary>What stands in place of a credential.</summary>
    public static string Mark(string what) => $"{Beginning}{what}]";

    /// <summary>The text with a mark in place of each of the spans, and of what is one only beside such a mark.</summary>
    public static string Redact(string text, IReadOnlyList<SecretSpan> spans)
    {
        var redacted = Replaced(text, spans);
        // What stood directly behind another one begins a word only now.
        for (var round = 0; spans.Count > 0 && round < MaxRounds && Find(redacted) is { Count: > 0 } more; round++)
        {
            redacted = Replaced(redacted, more);
        }

        return redacted;
    }

    private static string Replaced(string text, IReadOnlyList<SecretSpan> spans)
    {
        var redacted = new System.Text.StringBuilder(text.Length);
        var at = 0;
        foreach (var span in spans)
        {
            redacted.Append(text, at, span.Start - at).Append(Mark(span.What));
            at = span.End;
        }

        return redacted.Append(text, at, text.Length - at).ToString();
    }

    private static List<SecretSpan> FindAsItStands(string text)
    {
        var found = new List<SecretSpan>();
        PrivateKeys.Find(text, found);
        Passwords.FindInAddresses(text, found);
        EncodedAddresses.Find(text, found);
        CommandCredentials.Find(text, found);
        CommandPasswords.Find(text, found);
        WebhookAddresses.Find(text, found);
        Tokens.Find(text, found);
        Assignments.Find(text, found);
        BearerTokens.Find(text, found);
        if (found.Count < 2)
        {
            return found;
        }

        // At one place the longer counts, and of equals the one that says more: they were looked for in that order.
        var apart = new List<SecretSpan>();
        foreach (var span in found.OrderBy(static s => s.Start).ThenByDescending(static s => s.End))
        {
            if (apart.Count == 0 || span.Start >= apart[^1].End)
            {
                apart.Add(span);
            }
        }

        return apart;
    }
}
