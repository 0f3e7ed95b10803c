using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>Finds what a request shows to be let in where the name of the header is left out: <c>Bearer ...</c>.</summary>
internal static class BearerTokens
{
    private const string Scheme = "Bearer ";
    private const int Shortest = 24;

    private static readonly SearchValues<char> InToken = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/=");

    public static void Find(ReadOnlySpan<char> text, List<SecretSpan> found)
    {
        for (var at = 0; text[at..].IndexOf(Scheme, StringComparison.OrdinalIgnoreCase) is >= 0 and var next;)
        {
            var start = at + next + Scheme.Length;
            var token = text[start..];
            token = (token.IndexOfAnyExcept(InToken) is >= 0 and var end ? token[..end] : token).TrimEnd('.');
            if (token.Length >= Shortest && ((SettingValues.LooksMadeUp(token) && !ReadableWords.FollowBeginning(token)) || RandomLetters.Occur(token)))
            {
                found.Add(new SecretSpan(start, start + token.Length, "token"));
            }

            at = start;
        }
    }
}
