namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds what an abbreviation may stand for: 'SSO' for 'single sign on'.</summary>
internal static class Initials
{
    private const int Least = 2;
    private const int Most = 6;

    /// <summary>Whether words that stand together begin with the letters of an abbreviation.</summary>
    public static bool AreIn(PairStatement statement, string abbreviation)
    {
        if (abbreviation.Length is < Least or > Most)
        {
            return false;
        }

        var words = statement.Tokens;
        for (var start = 0; start + abbreviation.Length <= words.Count; start++)
        {
            var matched = 0;
            while (matched < abbreviation.Length && words[start + matched].Text[0] == abbreviation[matched])
            {
                matched++;
            }

            if (matched == abbreviation.Length)
            {
                return true;
            }
        }

        return false;
    }
}
