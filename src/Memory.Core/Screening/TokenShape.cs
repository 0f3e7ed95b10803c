using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// The form of one vendor's credentials: how they begin, and what follows. The beginnings are those that the vendors publish so that leaked
/// credentials can be found; a form without a beginning of its own (a bare run of 40 hexadecimal digits) would match every commit.
/// </summary>
/// <param name="Prefix">How it begins.</param>
/// <param name="Rest">The characters that follow.</param>
/// <param name="MinRest">How many of them follow at least.</param>
/// <param name="What">What it is.</param>
/// <param name="MaxRest">How many follow at most; one more, and it is something else.</param>
internal sealed record TokenShape(string Prefix, SearchValues<char> Rest, int MinRest, string What, int MaxRest = int.MaxValue)
{
    private const string Digits = "0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Upper + Lower + Digits);
    private static readonly SearchValues<char> Word = SearchValues.Create(Upper + Lower + Digits + "_");
    private static readonly SearchValues<char> Url = SearchValues.Create(Upper + Lower + Digits + "_-");
    private static readonly SearchValues<char> Dotted = SearchValues.Create(Upper + Lower + Digits + "_-.=");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("abcdef" + Digits);
    private static readonly SearchValues<char> Base32 = SearchValues.Create(Upper + Digits);

    /// <summary>All forms, those first that begin as another does and go on.</summary>
    public static IReadOnlyList<TokenShape> All { get; } =
    [
        new("AKIA", Base32, 16, "AWS access key", 16), new("ASIA", Base32, 16, "AWS access key", 16),
        new("ABIA", Base32, 16, "AWS access key", 16), new("ACCA", Base32, 16, "AWS access key", 16),
        new("ghp_", Alphanumeric, 30, "GitHub token"), new("gho_", Alphanumeric, 30, "GitHub token"), new("ghu_", Alphanumeric, 30, "GitHub token"),
        new("ghs_", Alphanumeric, 30, "GitHub token"), new("ghr_", Alphanumeric, 30, "GitHub token"), new("github_pat_", Word, 40, "GitHub token"),
        new("glpat-", Dotted, 20, "GitLab token"), new("gldt-", Url, 20, "GitLab token"), new("glrt-", Dotted, 20, "GitLab token"),
        new("glptt-", Url, 20, "GitLab token"), new("glcbt-", Url, 20, "GitLab token"),
        new("sk-ant-", Url, 32, "Anthropic key"), new("sk-or-v1-", Hexadecimal, 48, "OpenRouter key"),
        new("sk-proj-", Url, 32, "OpenAI key"), new("sk-svcacct-", Url, 32, "OpenAI key"), new("sk-admin-", Url, 32, "OpenAI key"), new("sk-", Alphanumeric, 32, "API key"),
        new("AIza", Url, 35, "Google API key", 35), new("ya29.", Dotted, 24, "Google access token"), new("GOCSPX-", Url, 24, "Google client secret"),
        new("xoxb-", Url, 20, "Slack token"), new("xoxp-", Url, 20, "Slack token"), new("xoxa-", Url, 20, "Slack token"), new("xoxr-", Url, 20, "Slack token"),
        new("xoxs-", Url, 20, "Slack token"), new("xoxe-", Url, 20, "Slack token"), new("xoxo-", Url, 20, "Slack token"), new("xapp-", Url, 24, "Slack token"),
        new("sk_live_", Alphanumeric, 16, "Stripe key"), new("sk_test_", Alphanumeric, 16, "Stripe key"), new("rk_live_", Alphanumeric, 16, "Stripe key"),
        new("rk_test_", Alphanumeric, 16, "Stripe key"), new("whsec_", Alphanumeric, 24, "webhook secret"),
        new("SG.", Dotted, 50, "SendGrid key"), new("SK", Hexadecimal, 32, "Twilio key", 32), new("key-", Hexadecimal, 32, "Mailgun key", 32),
        new("npm_", Alphanumeric, 36, "npm token", 36), new("pypi-AgE", Url, 50, "PyPI token"), new("rubygems_", Hexadecimal, 48, "RubyGems key", 48),
        new("dckr_pat_", Url, 20, "Docker token"), new("dckr_oat_", Url, 20, "Docker token"), new("hf_", Alphanumeric, 30, "Hugging Face token"), new("r8_", Alphanumeric, 32, "Replicate token"),
        new("gsk_", Alphanumeric, 40, "Groq key"), new("xai-", Alphanumeric, 60, "xAI key"), new("pplx-", Alphanumeric, 40, "Perplexity key"),
        new("dop_v1_", Hexadecimal, 64, "DigitalOcean token", 64), new("doo_v1_", Hexadecimal, 64, "DigitalOcean token", 64), new("dor_v1_", Hexadecimal, 64, "DigitalOcean token", 64),
        new("shpat_", Hexadecimal, 32, "Shopify token", 32), new("shpca_", Hexadecimal, 32, "Shopify token", 32), new("shppa_", Hexadecimal, 32, "Shopify token", 32), new("shpss_", Hexadecimal, 32, "Shopify secret", 32),
        new("sq0atp-", Url, 22, "Square token"), new("sq0csp-", Url, 40, "Square secret"), new("lin_api_", Alphanumeric, 32, "Linear key"),
        new("ntn_", Alphanumeric, 40, "Notion token"), new("ATATT3", Dotted, 60, "Atlassian token"), new("dapi", Hexadecimal, 32, "Databricks token"),
        new("hvs.", Url, 24, "Vault token"), new("hvb.", Url, 24, "Vault token"), new("PMAK-", Url, 40, "Postman key"), new("glsa_", Word, 32, "Grafana token"), new("glc_", Dotted, 32, "Grafana token"),
        new("mem_", Word, 50, "key of this server"), new("sntrys_", Dotted, 40, "Sentry token"), new("sntryu_", Hexadecimal, 64, "Sentry token"), new("NRAK-", Base32, 24, "New Relic key"), new("dp.pt.", Alphanumeric, 40, "Doppler token"),
        new("pscale_tkn_", Dotted, 32, "PlanetScale token"), new("pscale_pw_", Dotted, 32, "PlanetScale password"), new("sbp_", Hexadecimal, 40, "Supabase token", 40),
        new("figd_", Url, 32, "Figma token"), new("tskey-", Url, 24, "Tailscale key"), new("fly_v1_", Dotted, 40, "Fly.io token"), new("FlyV1", Dotted, 40, "Fly.io token"),
        new("AGE-SECRET-KEY-1", Base32, 50, "age private key"), new("EAACEdEose0cBA", Alphanumeric, 20, "Facebook token"), new("secret_", Alphanumeric, 43, "Notion token", 43),
    ];

    /// <summary>How many characters of the token the text holds at a place; 0 when it is no such token.</summary>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return 0;
        }

        var rest = text[Prefix.Length..];
        var length = rest.IndexOfAnyExcept(Rest) is >= 0 and var end ? end : rest.Length;
        while (length > 0 && rest[length - 1] == '.')
        {
            // The full stop of the sentence.
            length--;
        }

        return length >= MinRest && length <= MaxRest && HasDigit(rest[..length]) ? Prefix.Length + length : 0;
    }

    // What somebody made up as an example ('sk-your-key-goes-here') or is no key at all seldom has one; of keys of this length one in ten thousand has none.
    private static bool HasDigit(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9');
}
