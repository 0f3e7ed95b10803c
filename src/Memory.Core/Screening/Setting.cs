namespace Memory.Core.Screening;

/// <summary>What a setting is named for, of which depends what counts as its value.</summary>
internal enum SettingKind
{
    /// <summary>A password, which somebody may have made up of a word.</summary>
    Password,

    /// <summary><c>pass</c>, which may be a word of a sentence.</summary>
    Pass,

    /// <summary>A secret that a program made.</summary>
    Secret,

    /// <summary>A key of a service, which may be a word of a sentence.</summary>
    Key,

    /// <summary>A token, which may be a word of a sentence.</summary>
    Token,
}

/// <summary>The name of a setting that may hold a secret.</summary>
/// <param name="Kind">What it is named for.</param>
/// <param name="Start">Where the name begins.</param>
/// <param name="IsExact">Whether it is named for a password and nothing else: <c>password</c>, <c>DB_PASSWORD</c>.</param>
/// <param name="IsVariable">Whether it is written in capitals, as no word of a sentence is.</param>
internal readonly record struct Setting(SettingKind Kind, int Start, bool IsExact, bool IsVariable)
{
    /// <summary>What it is, for people.</summary>
    public string What => Kind is SettingKind.Token or SettingKind.Key ? "token" : "password";
}
