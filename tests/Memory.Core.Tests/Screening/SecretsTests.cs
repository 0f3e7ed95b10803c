using CsCheck;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

public sealed class SecretsTests
{
    private const string Letters = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5lM7oP9rS1uV3xY5aB7dE9gH1jK3mN5pQ7sT9vW1yZ3bC5eF7hJ9lM1oP3rS5uV7xY9";
    private const string Hexadecimal = "3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3b5d70264e8a1c3f59b7d6024";
    private const string Base32 = "Q3S5V7X2Z4B6D3F5H7J2L4N6P3R5T7W2Y4A6C3E5G7I2K4M6O3Q5";

    public static TheoryData<string, string> Known
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "JSON Web Token" },
                { "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.", "JSON Web Token" },
                { "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbC=\n-----END RSA PRIVATE KEY-----", "private key" },
                { "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r", "private key" },
                { "-----BEGIN PGP PRIVATE KEY BLOCK-----\nxyz\n-----END PGP PRIVATE KEY BLOCK-----", "private key" },
            };
            foreach (var shape in TokenShape.All)
            {
                var rest = new[] { Letters, Hexadecimal, Base32 }.First(t => shape.LengthAt(shape.Prefix + t[..Math.Max(1, Math.Min(t.Length, shape.MinRest))]) > 0);
                data.Add(shape.Prefix + rest[..shape.MinRest], shape.What);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Find_of_a_known_credential_finds_it_wherever_it_stands(string secret, string what)
    {
        foreach (var (before, after) in new[] { ("", ""), ("The key is ", " and nothing else."), ("(", ")"), ("`", "`,"), ("x: \"", "\""), ("line\n", "\nline") })
        {
            var text = before + secret + after;

            var found = Secrets.Find(text).ShouldHaveSingleItem($"in '{text}'");

            // A private key that is cut off reaches to the end.
            var end = secret.StartsWith("-----BEGIN", StringComparison.Ordinal) && !secret.EndsWith("-----", StringComparison.Ordinal) ? text.Length : before.Length + secret.Length;
            text[found.Start..found.End].ShouldBe(text[before.Length..end]);
            found.What.ShouldBe(what);
            Secrets.Redact(text, [found]).ShouldNotContain(secret[..20]);
        }
    }

    [Theory]
    [InlineData("postgres://app:s3cr3t!pass@db.example.org:5432/app", "postgres://app:[redacted: password]@db.example.org:5432/app")]
    [InlineData("git clone https://x:oauth2token@github.com/a/b.git", "git clone https://x:[redacted: password]@github.com/a/b.git")]
    [InlineData("redis://:hunter22@cache/0", "redis://:[redacted: password]@cache/0")]
    [InlineData("amqps://u:p%40ss@h and mongodb+srv://u:other1@h2/?x=1", "amqps://u:[redacted: password]@h and mongodb+srv://u:[redacted: password]@h2/?x=1")]
    [InlineData("DB_PASSWORD=hunter2hunter2", "DB_PASSWORD=[redacted: password]")]
    [InlineData("{\"client_secret\": \"a8f5f167f44f4964e6c998de\"}", "{\"client_secret\": \"[redacted: password]\"}")]
    [InlineData("Server=db;User Id=sa;Password=Tr0ub4dor&3;", "Server=db;User Id=sa;Password=[redacted: password]&3;")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [redacted: password]")]
    [InlineData("Authorization: Bearer 3f9a1c7be25d8046f1a9c3e7b52d", "Authorization: Bearer [redacted: token]")]
    [InlineData("The bot is 123456789:AAHk3jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5lM7.", "The bot is 123456789:[redacted: bot token].")]
    public void Redact_takes_the_secret_and_leaves_what_surrounds_it(string text, string redacted) =>
        Secrets.Redact(text, Secrets.Find(text)).ShouldBe(redacted);

    [Theory]
    [InlineData("Commit 3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3 broke the build.")]
    [InlineData("sha256:3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3b5d70264e8a1c3f59b7d6024")]
    [InlineData("The tenant is 6f9619ff-8b86-d011-b42d-00c04fc964ff.")]
    [InlineData("Use version 10.0.15-preview.7.26405.3+sha.3f9a1c7 of Microsoft.Data.Sqlite.")]
    [InlineData("The password is in the safe; ask Ana.")]
    [InlineData("password: see 1Password, item 42")]
    [InlineData("Password policy: at least 12 characters, changed every 90 days.")]
    [InlineData("postgres://app:<password>@db/app, postgres://app:${DB_PASSWORD}@db, postgres://app:***@db, http://user:password@host")]
    [InlineData("See https://example.org:8443/a@b and http://[::1]:80/x@y or mailto:ana@example.org at 10:30.")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3kq8pQ2mZ9 ana@laptop")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0\n-----END PUBLIC KEY-----")]
    [InlineData("scikit-learn's sk-learn-compatible-estimator-wrapper-v2 works; task-1234567890-abcdefghij-klmnop does too.")]
    [InlineData("npm_config_registry, hf_transfer, sk_test_mode and key-value stores are words.")]
    [InlineData("Ticket ABC-12345, invoice 2026-000123456789, IBAN BE68 5390 0754 7034, phone +32 470 12 34 56 78.")]
    [InlineData("Token bucket: 20 requests a second; token: CancellationToken; secret = null; api_key: string")]
    [InlineData("The build is at /home/ana/projects/harbor-2026/src/Memory.Core/bin/Release/net10.0/linux-x64/publish")]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk")]
    [InlineData("Reset token expires after 15 minutes: see ADR-0012-reset-tokens-expire-2026.")]
    public void Find_of_ordinary_text_finds_nothing(string text) => Secrets.Find(text).ShouldBeEmpty();

    [Fact]
    public void Redact_of_what_was_redacted_changes_nothing() => AnySecretText.Sample(static text =>
    {
        var once = Secrets.Redact(text, Secrets.Find(text));

        Secrets.Find(once).ShouldBeEmpty($"in '{once}' of '{text}'");
    });

    [Fact]
    public void Find_of_any_text_yields_places_within_it_in_order_and_apart() => AnySecretText.Sample(static text =>
    {
        var at = 0;
        foreach (var span in Secrets.Find(text))
        {
            span.Start.ShouldBeGreaterThanOrEqualTo(at);
            span.End.ShouldBeInRange(span.Start + 1, text.Length);
            at = span.End;
        }
    });

    private static readonly string[] Pieces =
    [
        "password", "=", ":", " ", "\"", "://", "@", "user", "Bearer ", "token", "-----BEGIN ", "RSA PRIVATE KEY", "-----", "-----END ", "\n", "eyJhbGciOiJub25lIn0", ".",
        "eyJzdWIiOiIxIn0xMjM0NQ", "ghp_", "sk-ant-", "AKIA", Letters, Letters[..36], Hexadecimal[..32], Base32[..16], "123456789", "AA", "x", "[", "]", "/", "secret", "redacted",
    ];

    private static readonly Gen<string> AnySecretText = Gen.OneOf(Pieces).Array[0, 14].Select(static p => string.Concat(p));
}
