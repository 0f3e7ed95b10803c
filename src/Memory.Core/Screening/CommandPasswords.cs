using System.Text.RegularExpressions;

namespace Memory.Core.Screening;

/// <summary>
/// Finds passwords that commands are given apart from a name: <c>mysql -pSECRET</c>, <c>sshpass -p SECRET</c>, <c>docker login -p SECRET</c>,
/// <c>redis-cli -a SECRET</c>, <c>mongosh -p SECRET</c>, <c>smbclient -U name%SECRET</c>, <c>http -a name:SECRET</c>, <c>openssl -passin pass:SECRET</c>, and what stands
/// in a <c>.netrc</c> or an address of Oracle. What <c>curl</c> is given is found by <see cref="CommandCredentials"/>.
/// </summary>
internal static partial class CommandPasswords
{
    public static void Find(string text, List<SecretSpan> found)
    {
        foreach (var pattern in (ReadOnlySpan<Regex>)[Glued(), Login(), Option(), Named(), Oracle(), Netrc()])
        {
            for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
            {
                var value = match.Groups["value"];
                if (!Passwords.IsPlaceholder(value.ValueSpan) && (pattern != Netrc() || SettingValues.LooksMadeUp(value.ValueSpan)))
                {
                    found.Add(new SecretSpan(value.Index, value.Index + value.Length, "password"));
                }
            }
        }
    }

    [GeneratedRegex(
        @"(?<![\w-])(?:(?:mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?)(?:\.exe)?[ \t](?:[^\n|;`]{0,256}?[ \t])?-p|sshpass[ \t]+-p[ \t]*)(?:'(?<value>[^'\n]+)'|""(?<value>[^""\n]+)""|(?<value>[^\s'""`;|]+))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Glued();

    [GeneratedRegex(
        @"(?<![\w-])(?:docker|podman|nerdctl|buildah|skopeo|oras|helm registry|az acr|az)[ \t]+login[ \t](?:[^\n|;`]{0,256}?[ \t])?(?:-p|--password)(?:[ \t]+|=)(?:'(?<value>[^'\n]+)'|""(?<value>[^""\n]+)""|(?<value>[^\s'""`;|]+))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Login();

    [GeneratedRegex(
        @"(?<![\w-])(?:redis-cli[ \t](?:[^\n|;`]{0,256}?[ \t])?-a[ \t]+|mongo(?:sh|dump|restore|export|import)?[ \t](?:[^\n|;`]{0,256}?[ \t])?(?:-p|--password)(?:[ \t]+|=)(?!-)|openssl[ \t][^\n|;`]{0,256}?[ \t]-pass(?:in|out)?[ \t]+[""']?pass:)(?:'(?<value>[^'\n]+)'|""(?<value>[^""\n]+)""|(?<value>[^\s'""`;|]+))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Option();

    // The name stands before the password, and is none.
    [GeneratedRegex(
        @"(?<![\w-])(?:smbclient|rpcclient)[ \t](?:[^\n|;`]{0,256}?[ \t])?(?:-U|--user)(?:[ \t]+|=)?[""']?[^\s%'""]{1,128}%(?<value>[^\s'""`;|]+)|(?<![\w-])(?:http|https|xh|xhs)[ \t](?:[^\n|;`]{0,256}?[ \t])?(?:-a|--auth)(?:[ \t]+|=)[""']?[^\s:'""]{1,128}:(?<value>[^\s'""`;|]+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bjdbc:oracle:\w{1,16}:[^/\s@]{1,64}/""?(?<value>[^@\s""]{1,256})""?@", RegexOptions.CultureInvariant)]
    private static partial Regex Oracle();

    [GeneratedRegex(@"\blogin[ \t]+\S{1,128}\s+password[ \t]+(?<value>\S{6,128})", RegexOptions.CultureInvariant)]
    private static partial Regex Netrc();
}
