namespace Memory.Core.Screening;

/// <summary>
/// Finds addresses that are a credential: whoever has one may post. All have 'hook' in their address, so one look for that passes over nearly every text.
/// </summary>
internal static class WebhookAddresses
{
    private const string Common = "hook";

    private static readonly Address[] All =
    [
        new("hooks.slack.com/services/", Parts: 3, Longest: 18, "Slack webhook"),
        new("hooks.slack.com/workflows/", Parts: 4, Longest: 18, "Slack webhook"),
        new("hooks.slack.com/triggers/", Parts: 3, Longest: 18, "Slack webhook"),
        new("discord.com/api/webhooks/", Parts: 2, Longest: 40, "Discord webhook"),
        new("discordapp.com/api/webhooks/", Parts: 2, Longest: 40, "Discord webhook"),
        new("webhook.office.com/webhookb2/", Parts: 3, Longest: 32, "Teams webhook"),
    ];

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf(Common, StringComparison.Ordinal) is >= 0 and var next;)
        {
            at += next;
            foreach (var address in All)
            {
                if (address.LengthAt(text, at, out var start) is > 0 and var length)
                {
                    found.Add(new SecretSpan(start, start + length, address.What));
                    at = start + length - Common.Length;
                    break;
                }
            }

            at += Common.Length;
        }
    }

    /// <summary>One vendor's addresses.</summary>
    /// <param name="Beginning">How they begin, without what need not be written.</param>
    /// <param name="Parts">How many parts follow at least.</param>
    /// <param name="Longest">How long the longest of them is at least: that is the secret.</param>
    /// <param name="What">What it is.</param>
    private sealed record Address(string Beginning, int Parts, int Longest, string What)
    {
        private readonly int _common = Beginning.IndexOf(Common, StringComparison.Ordinal);

        public int LengthAt(ReadOnlySpan<char> text, int common, out int start)
        {
            var begin = common - _common;
            start = begin + Beginning.Length;
            if (begin < 0 || !text[begin..].StartsWith(Beginning, StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }

            var (parts, longest, size, length) = (1, 0, 0, 0);
            var rest = text[start..];
            ReadOnlySpan<char> secret = [];
            for (; length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '_' or '-' or '/' or '@'); length++)
            {
                (parts, size) = rest[length] == '/' ? (parts + 1, 0) : (parts, size + 1);
                if (size > longest)
                {
                    longest = size;
                    secret = rest[(length + 1 - size)..(length + 1)];
                }
            }

            return parts >= Parts && longest >= Longest && !Passwords.IsPlaceholder(secret) && RandomLetters.Vary(secret) ? length : 0;
        }
    }
}
