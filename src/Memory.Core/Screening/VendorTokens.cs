using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>The forms of the credentials of known vendors.</summary>
internal static class VendorTokens
{
    private const string Digits = "0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Upper + Lower + Digits);
    private static readonly SearchValues<char> Word = SearchValues.Create(Upper + Lower + Digits + "_");
    private static readonly SearchValues<char> Url = SearchValues.Create(Upper + Lower + Digits + "_-");
    private static readonly SearchValues<char> Dotted = SearchValues.Create(Upper + Lower + Digits + "_-.=");
    private static readonly SearchValues<char> Base64 = SearchValues.Create(Upper + Lower + Digits + "+/=_-");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("abcdef" + Digits);
    private static readonly SearchValues<char> HexadecimalDashed = SearchValues.Create("abcdef" + Digits + "-");
    private static readonly SearchValues<char> Base32 = SearchValues.Create(Upper + Digits);

    /// <summary>All forms, those first that begin as another does and go on.</summary>
    public static IReadOnlyList<TokenShape> All { get; } = [.. Clouds(), .. CodeAndPackages(), .. Models(), .. Messages(), .. Trade(), .. Work()];

    private static TokenShape[] Clouds() =>
    [
        new("AKIA", Base32, 16, "AWS access key", 16), new("ASIA", Base32, 16, "AWS access key", 16), new("ABIA", Base32, 16, "AWS access key", 16), new("ACCA", Base32, 16, "AWS access key", 16),
        new("ABSKQmVkcm9ja0FQSUtleS", Alphanumeric, 80, "Amazon Bedrock key"), new("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t", Alphanumeric, 40, "Amazon Bedrock key"),
        new("AIza", Url, 35, "Google API key", 35), new("AQ.Ab8RN6", Url, 40, "Google API key"), new("ya29.", Dotted, 24, "Google access token"), new("GOCSPX-", Url, 24, "Google client secret"),
        new("dop_v1_", Hexadecimal, 64, "DigitalOcean token", 64), new("doo_v1_", Hexadecimal, 64, "DigitalOcean token", 64), new("dor_v1_", Hexadecimal, 64, "DigitalOcean token", 64),
        new("cfut_", Word, 40, "Cloudflare token"), new("cfat_", Word, 40, "Cloudflare token"), new("cfk_", Word, 40, "Cloudflare key"), new("v1.0-", HexadecimalDashed, 100, "Cloudflare key"),
        new("fm2_", Base64, 40, "Fly token"), new("fm1r_", Base64, 40, "Fly token"), new("eyJhIjoi", Dotted, 100, "Cloudflare tunnel token"), new("LTAI", Alphanumeric, 20, "Alibaba Cloud key", 20), new("AKID", Alphanumeric, 32, "Tencent Cloud key", 32),
        new("dapi", Hexadecimal, 32, "Databricks token"), new("dose", Hexadecimal, 32, "Databricks secret", 32), new("pul-", Hexadecimal, 40, "Pulumi token", 40),
        new("hvs.", Url, 24, "Vault token"), new("hvb.", Url, 24, "Vault token"), new("hvr.", Url, 24, "Vault token"),
        new("tskey-", Url, 24, "Tailscale key"), new("fly_v1_", Dotted, 40, "Fly.io token"), new("FlyV1", Dotted, 40, "Fly.io token"), new("HRKU-", Url, 36, "Heroku key"),
        new("pscale_tkn_", Dotted, 32, "PlanetScale token"), new("pscale_pw_", Dotted, 32, "PlanetScale password"), new("pscale_oauth_", Dotted, 32, "PlanetScale token"),
        new("sbp_", Hexadecimal, 40, "Supabase token", 40), new("sb_secret_", Url, 30, "Supabase key"), new("nfp_", Alphanumeric, 36, "Netlify token"), new("napi_", Alphanumeric, 64, "Neon key", 64), new("mdb_sa_sk_", Url, 32, "MongoDB Atlas secret"),
        new("dp.pt.", Alphanumeric, 40, "Doppler token"), new("dp.ct.", Alphanumeric, 40, "Doppler token"), new("dp.sa.", Alphanumeric, 40, "Doppler token"), new("dp.st.", Dotted, 40, "Doppler token"), new("dp.scim.", Alphanumeric, 40, "Doppler token"),
        new("nvapi-", Url, 40, "NVIDIA key"), new("sk.eyJ1", Dotted, 60, "Mapbox token"), new("vercel_blob_rw_", Word, 30, "Vercel token"), new("vcp_", Alphanumeric, 24, "Vercel token"),
        new("ops_eyJ", Dotted, 100, "1Password token"), new("AGE-SECRET-KEY-1", Base32, 50, "age private key"), new("mem_", Word, 50, "key of this server"),
    ];

    private static TokenShape[] CodeAndPackages() =>
    [
        new("ghp_", Alphanumeric, 30, "GitHub token"), new("gho_", Alphanumeric, 30, "GitHub token"), new("ghu_", Alphanumeric, 30, "GitHub token"),
        new("ghs_", Alphanumeric, 30, "GitHub token"), new("ghr_", Alphanumeric, 30, "GitHub token"), new("github_pat_", Word, 40, "GitHub token"),
        new("glpat-", Dotted, 20, "GitLab token"), new("gldt-", Url, 20, "GitLab token"), new("glrt-", Dotted, 20, "GitLab token"), new("glrtr-", Dotted, 20, "GitLab token"),
        new("glptt-", Url, 20, "GitLab token"), new("glcbt-", Url, 20, "GitLab token"), new("glsoat-", Url, 20, "GitLab token"), new("glft-", Url, 20, "GitLab token"),
        new("glimt-", Url, 20, "GitLab token"), new("glagent-", Url, 40, "GitLab token"), new("gloas-", Url, 40, "GitLab secret"), new("glwt-", Url, 20, "GitLab token"),
        new("npm_", Alphanumeric, 36, "npm token", 36), new("pypi-AgE", Url, 50, "PyPI token"), new("rubygems_", Hexadecimal, 48, "RubyGems key", 48), new("oy2", Alphanumeric, 43, "NuGet key", 43),
        new("CLOJARS_", Alphanumeric, 60, "Clojars token", 60), new("AKCp", Alphanumeric, 69, "Artifactory key", 69), new("cmVmdGtu", Alphanumeric, 56, "Artifactory token", 56),
        new("dckr_pat_", Url, 20, "Docker token"), new("dckr_oat_", Url, 20, "Docker token"), new("CCIPAT_", Word, 40, "CircleCI token"), new("CCIPRJ_", Word, 40, "CircleCI token"),
        new("bkua_", Hexadecimal, 40, "Buildkite token", 40), new("sgp_", Word, 40, "Sourcegraph token"), new("PMAK-", Url, 40, "Postman key"), new("PMAT-", Alphanumeric, 26, "Postman token"),
        new("squ_", Hexadecimal, 40, "SonarQube token", 40), new("sqp_", Hexadecimal, 40, "SonarQube token", 40), new("sqa_", Hexadecimal, 40, "SonarQube token", 40),
        new("glsa_", Word, 32, "Grafana token"), new("glc_", Dotted, 32, "Grafana token"), new("eyJrIjoi", Dotted, 60, "Grafana key"),
        new("sntrys_", Dotted, 40, "Sentry token"), new("sntryu_", Hexadecimal, 64, "Sentry token"), new("NRAK-", Base32, 24, "New Relic key"), new("NRII-", Url, 32, "New Relic key", 32),
        new("hcaik_", Alphanumeric, 58, "Honeycomb key"), new("hcxik_", Alphanumeric, 58, "Honeycomb key"), new("dt0c01.", Dotted, 80, "Dynatrace token"), new("cio", Alphanumeric, 32, "crates.io token", 32), new("e2b_", Hexadecimal, 40, "E2B key", 40), new("apify_api_", Alphanumeric, 36, "Apify token"), new("phx_", Alphanumeric, 40, "PostHog key"),
    ];

    private static TokenShape[] Models() =>
    [
        new("sk-ant-", Url, 32, "Anthropic key"), new("sk-or-v1-", Hexadecimal, 48, "OpenRouter key"), new("sk-lf-", HexadecimalDashed, 36, "Langfuse key", 36),
        new("sk-proj-", Url, 32, "OpenAI key"), new("sk-svcacct-", Url, 32, "OpenAI key"), new("sk-admin-", Url, 32, "OpenAI key"), new("sk-", Alphanumeric, 32, "API key"), new("sess-", Alphanumeric, 40, "OpenAI session", 40),
        new("hf_", Alphanumeric, 30, "Hugging Face token"), new("api_org_", Alphanumeric, 34, "Hugging Face token", 34), new("r8_", Alphanumeric, 32, "Replicate token"),
        new("gsk_", Alphanumeric, 40, "Groq key"), new("xai-", Alphanumeric, 60, "xAI key"), new("pplx-", Alphanumeric, 40, "Perplexity key"), new("csk-", Alphanumeric, 40, "Cerebras key"),
        new("tgp_v1_", Url, 40, "Together key"), new("lsv2_pt_", Word, 40, "LangSmith key"), new("lsv2_sk_", Word, 40, "LangSmith key"), new("pcsk_", Word, 60, "Pinecone key"), new("tvly-", Url, 30, "Tavily key"),
        new("fw_", Alphanumeric, 20, "Fireworks key"), new("pnu_", Alphanumeric, 36, "Prefect key"), new("jina_", Alphanumeric, 60, "Jina key", 60),
    ];

    private static TokenShape[] Messages() =>
    [
        new("xoxb-", Url, 20, "Slack token"), new("xoxp-", Url, 20, "Slack token"), new("xoxa-", Url, 20, "Slack token"), new("xoxr-", Url, 20, "Slack token"), new("xoxs-", Url, 20, "Slack token"),
        new("xoxe-", Url, 20, "Slack token"), new("xoxo-", Url, 20, "Slack token"), new("xoxc-", Url, 20, "Slack token"), new("xoxd-", Url, 20, "Slack token"), new("xapp-", Url, 24, "Slack token"), new("xwfp-", Url, 24, "Slack token"),
        new("mfa.", Url, 60, "Discord token"), new("SG.", Dotted, 50, "SendGrid key"), new("xkeysib-", HexadecimalDashed, 60, "Brevo key"), new("SK", Hexadecimal, 32, "Twilio key", 32), new("key-", Hexadecimal, 32, "Mailgun key", 32),
        new("EAACEdEose0cBA", Alphanumeric, 20, "Facebook token"), new("EAA", Alphanumeric, 80, "Facebook token"), new("pk_", Hexadecimal, 34, "Klaviyo key", 34), new("dG9rO", Base64, 55, "Intercom token"),
    ];

    private static TokenShape[] Trade() =>
    [
        new("sk_org_live_", Alphanumeric, 16, "Stripe key"), new("rzp_live_", Alphanumeric, 14, "Razorpay key"), new("duffel_live_", Url, 32, "Duffel token"),
        new("access-production-", HexadecimalDashed, 36, "Plaid token", 36), new("sk_live_", Alphanumeric, 16, "Stripe key"), new("sk_test_", Alphanumeric, 16, "Stripe key"), new("rk_live_", Alphanumeric, 16, "Stripe key"),
        new("rk_test_", Alphanumeric, 16, "Stripe key"), new("sk_", Hexadecimal, 48, "ElevenLabs key", 48), new("whsec_", Alphanumeric, 24, "webhook secret"),
        new("shpat_", Hexadecimal, 32, "Shopify token", 32), new("shpca_", Hexadecimal, 32, "Shopify token", 32), new("shppa_", Hexadecimal, 32, "Shopify token", 32),
        new("shptka_", Hexadecimal, 32, "Shopify token", 32), new("shpua_", Hexadecimal, 32, "Shopify token", 32), new("shpss_", Hexadecimal, 32, "Shopify secret", 32),
        new("sq0atp-", Url, 22, "Square token"), new("sq0csp-", Url, 40, "Square secret"), new("EAAA", Url, 60, "Square token", 60), new("shippo_live_", Hexadecimal, 40, "Shippo token", 40), new("EZAK", Alphanumeric, 54, "EasyPost key", 54), new("FLWSECK-", Hexadecimal, 32, "Flutterwave key", 32),
    ];

    private static TokenShape[] Work() =>
    [
        new("lin_api_", Alphanumeric, 32, "Linear key"), new("lin_oauth_", Hexadecimal, 64, "Linear token", 64), new("ntn_", Alphanumeric, 40, "Notion token"), new("secret_", Alphanumeric, 43, "Notion token", 43),
        new("ATATT3", Dotted, 60, "Atlassian token"), new("ATCTT3", Dotted, 60, "Atlassian token"), new("ATSTT3", Dotted, 60, "Atlassian token"), new("ATBB", Alphanumeric, 32, "Bitbucket password", 32),
        new("ATTA", Hexadecimal, 64, "Trello token"), new("figd_", Url, 32, "Figma token"), new("CFPAT-", Url, 43, "Contentful token", 43), new("pat-na1-", HexadecimalDashed, 36, "HubSpot token", 36),
        new("pat-eu1-", HexadecimalDashed, 36, "HubSpot token", 36), new("sl.", Url, 130, "Dropbox token"), new("tfp_", Dotted, 40, "Typeform token"), new("rdme_", Alphanumeric, 40, "ReadMe key"),
    ];
}
