using System.Text;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

/// <summary>What the keys look like that vendors give out, written down apart from the table that finds them.</summary>
public sealed class VendorTokensTests
{
    private const string Hexadecimal = "0123456789abcdef";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Random _random = new(1);

    // In '{}' how many characters of which letters: put together here, so that nothing that looks for credentials finds one.
    [Theory]
    [InlineData("AKIA{U16}", "AWS access key")]
    [InlineData("ghp_{A36}", "GitHub token")]
    [InlineData("github_pat_{A22}_{A59}", "GitHub token")]
    [InlineData("glpat-{A20}", "GitLab token")]
    [InlineData("glpat-{A27}.01.{L9}", "GitLab token")]
    [InlineData("xoxb-123456789012-1234567890123-{A24}", "Slack token")]
    [InlineData("sk_live_{A24}", "Stripe key")]
    [InlineData("AIza{A35}", "Google API key")]
    [InlineData("AQ.Ab8RN6{A44}", "Google API key")]
    [InlineData("sk-{A20}T3BlbkFJ{A20}", "API key")]
    [InlineData("sk-proj-{A74}T3BlbkFJ{A74}", "OpenAI key")]
    [InlineData("sk-ant-api03-{A93}AA", "Anthropic key")]
    [InlineData("npm_{A36}", "npm token")]
    [InlineData("pypi-AgEIcHlwaS5vcmcC{A150}", "PyPI token")]
    [InlineData("SG.{A22}.{A43}", "SendGrid key")]
    [InlineData("SK{H32}", "Twilio key")]
    [InlineData("hf_{A34}", "Hugging Face token")]
    [InlineData("dop_v1_{H64}", "DigitalOcean token")]
    [InlineData("napi_{L64}", "Neon key")]
    [InlineData("cio{A32}", "crates.io token")]
    [InlineData("e2b_{H40}", "E2B key")]
    [InlineData("apify_api_{A36}", "Apify token")]
    [InlineData("phx_{A43}", "PostHog key")]
    [InlineData("jina_{H32}{A28}", "Jina key")]
    [InlineData("pk_{H34}", "Klaviyo key")]
    [InlineData("dG9rO{A55}", "Intercom token")]
    [InlineData("EZAK{A54}", "EasyPost key")]
    public void Find_of_a_key_as_its_vendor_writes_it_finds_all_of_it(string form, string what)
    {
        for (var key = 0; key < 20; key++)
        {
            var text = $"The key is {Drawn(form)}, and no other.";

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe($"The key is [redacted: {what}], and no other.", text);
        }
    }

    [Fact]
    public void Find_of_keys_that_go_on_behind_what_is_drawn_takes_what_is_drawn()
    {
        var flutterwave = Drawn("FLWSECK-{H32}-X");
        Secrets.Redact(flutterwave, Secrets.Find(flutterwave)).ShouldBe("[redacted: Flutterwave key]-X");
        var npmrc = $"//registry.example.org/:_auth={Convert.ToBase64String("ana:hunter2hunter"u8)}";
        Secrets.Redact(npmrc, Secrets.Find(npmrc)).ShouldBe("//registry.example.org/:_auth=[redacted: token]");
    }

    [Theory]
    [InlineData("pk_of_the_table_orders_2026, pk_live_mode, phx_flight_2026_to_the_city_of_the_valley_of_the_sun_by_night")]
    [InlineData("https://registry.example.org/:_auth=${NPM_AUTH} and npm config set _auth=YourBase64EncodedUserAndPassword")]
    [InlineData("apify_api_client_for_the_warehouse_of_the_harbor_2026, ciowarehouse2026, e2b_sandbox_template_of_2026")]
    public void Find_of_words_that_begin_as_keys_do_finds_nothing(string text) => Secrets.Find(text).ShouldBeEmpty();

    private string Drawn(string form)
    {
        var text = new StringBuilder();
        for (var at = 0; at < form.Length; at++)
        {
            if (form[at] != '{')
            {
                text.Append(form[at]);
                continue;
            }

            var end = form.IndexOf('}', at);
            text.Append(_random.GetItems<char>(form[at + 1] switch { 'H' => Hexadecimal, 'U' => Upper, 'L' => Lower, _ => Alphanumeric }, int.Parse(form.AsSpan(at + 2, end - at - 2))));
            at = end;
        }

        return text.ToString();
    }
}
