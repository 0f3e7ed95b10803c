using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Tells whether the value of a setting is a secret. It must look made up (letters and digits, at least six): <c>password: see the safe</c> is a sentence.
/// Of a password that is assigned (<c>PASSWORD=swordfish</c>) letters or digits alone are enough.
/// </summary>
internal static class SettingValues
{
    private const int ShortestPassword = 6;
    private const int ShortestSecret = 8;
    private const int ShortestVariable = 12;
    private const int ShortestKey = 16;
    private const int ShortestToken = 20;
    private const int FewestTurns = 3;

    // No more of a value is looked at for turns: of a text of nothing but names each value is all that follows.
    private const int LongestDrawn = 128;

    // Nobody types a password that is longer; a text of nothing but names of settings costs the same at each.
    private const int LongestWords = 256;

    private static readonly SearchValues<char> Symbols = SearchValues.Create("!#$%^&*");

    // What is said of a password where it could stand itself.
    private static readonly string[] Sayings =
    [
        "string", "required", "optional", "undefined", "disabled", "enabled", "redacted", "hidden", "masked", "secret", "prompt", "invalid", "expired", "missing", "unknown", "hashed", "encrypted",
        "plaintext", "default", "generated", "changed",
    ];

    /// <summary>Whether a value is a secret.</summary>
    /// <param name="setting">The name of the setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isAssigned">Whether it stands where only a value stands: behind <c>=</c> without spaces, in quotes behind a name in quotes.</param>
    /// <param name="quotes">What the quotes around it tell: whether it may have spaces.</param>
    /// <param name="goesOn">Whether it is called or looked up: <c>password=read(</c>.</param>
    public static bool IsSecret(Setting setting, ReadOnlySpan<char> value, bool isAssigned, ValueQuotes quotes = ValueQuotes.None, bool goesOn = false)
    {
        if (value.Length < Shortest(setting, isAssigned) || Passwords.IsPlaceholder(value))
        {
            return false;
        }

        if (value.Contains(' '))
        {
            return IsSecretOfWords(setting, value, quotes);
        }

        if (ReadableWords.AreReference(value, fewestSlashes: isAssigned ? 2 : 1) || ReadableWords.AreAlgorithm(value) || (goesOn && ReadableWords.FollowBeginning(value)))
        {
            return false;
        }

        if (isAssigned && setting.IsExact && IsWordOrNumber(value))
        {
            return !goesOn && !IsSaying(value);
        }

        return setting.Kind switch
        {
            SettingKind.Key => LooksDrawn(value),
            SettingKind.Token => LooksMadeUp(value) && !ReadableWords.FollowBeginning(value),
            SettingKind.Pass when !isAssigned => LooksMadeUp(value) && TakesTurns(value) && !ReadableWords.AreJoined(value),
            SettingKind.Secret => LooksMadeUp(value) && ((isAssigned && setting.IsVariable) || !ReadableWords.AreJoined(value)),
            _ => LooksMadeUp(isAssigned ? value : value.TrimEnd('!')) && (isAssigned || !ReadableWords.AreJoined(value)),
        };
    }

    /// <summary>Whether a value looks made up and is no word.</summary>
    // A letter, a digit or a sign, and no address or path: '1Password' is a product, and a file where it is kept is no secret.
    public static bool LooksMadeUp(ReadOnlySpan<char> value, bool mayHaveSpaces = false) =>
        (value.ContainsAnyInRange('0', '9') || value.ContainsAny(Symbols)) && (mayHaveSpaces || !value.Contains(' ')) && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'))
        && value[0] is not ('/' or '~' or '.' or '\\' or '@') && !value.Contains("://", StringComparison.Ordinal)
        && !value.Equals("1Password", StringComparison.OrdinalIgnoreCase);

    // Whether letters and digits take turns as in no word.
    private static bool LooksDrawn(ReadOnlySpan<char> value) =>
        LooksMadeUp(value) && TakesTurns(value) && RandomLetters.Vary(value[..Math.Min(value.Length, LongestDrawn)]) && !ReadableWords.FollowBeginning(value);

    // 'GH_TOKEN=...' is no word of a sentence.
    private static int Shortest(Setting setting, bool isAssigned) => setting.Kind switch
    {
        SettingKind.Token => isAssigned && setting.IsVariable ? ShortestVariable : ShortestToken,
        SettingKind.Key => ShortestKey,
        SettingKind.Secret when !isAssigned => ShortestSecret,
        _ => ShortestPassword,
    };

    private static bool TakesTurns(ReadOnlySpan<char> value) => ReadableWords.Turns(value[..Math.Min(value.Length, LongestDrawn)]) >= FewestTurns;

    private static bool IsWordOrNumber(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) || char.IsAsciiDigit(c) != char.IsAsciiDigit(value[0]))
            {
                return false;
            }
        }

        return true;
    }

    // 'password=userPassword' hands on what another name holds.
    private static bool IsSaying(ReadOnlySpan<char> value)
    {
        foreach (var saying in Sayings)
        {
            if (value.Equals(saying, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value.Contains("password", StringComparison.OrdinalIgnoreCase);
    }

    // A header has spaces and is a token all the same ("Authorization": "AWS4-HMAC-SHA256 Credential=..."); but sentences have words that are named so.
    private static bool IsSecretOfWords(Setting setting, ReadOnlySpan<char> value, ValueQuotes quotes) => quotes switch
    {
        ValueQuotes.None => false,
        ValueQuotes.OfCode when LooksMadeUp(value.TrimEnd(".!?"), mayHaveSpaces: true) => !(IsProgramMade(setting) ? QuotedWords.SaySomething(value) : QuotedWords.AreLabel(value)),
        _ when value.Length > LongestWords || IsProgramMade(setting) || QuotedWords.SaySomething(value) => false,
        ValueQuotes.OfSentence => QuotedWords.HaveDrawn(value),
        _ => (quotes == ValueQuotes.OfLine && LooksMadeUp(value.TrimEnd(".!?"), mayHaveSpaces: true)) || (setting.IsExact && QuotedWords.AreDrawnFromList(value)),
    };

    private static bool IsProgramMade(Setting setting) => setting.Kind is SettingKind.Token or SettingKind.Key;
}
