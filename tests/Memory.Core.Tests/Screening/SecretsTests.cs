using System.Buffers.Text;
using CsCheck;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

public sealed class SecretsTests
{
    private const string Letters = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5lM7oP9rS1uV3xY5aB7dE9gH1jK3mN5pQ7sT9vW1yZ3bC5eF7hJ9lM1oP3rS5uV7xY9";
    private const string Hexadecimal = "3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3b5d70264e8a1c3f59b7d6024";
    private const string Drawn = "qRtXvBnMkLpWzQsDfGhJcVbNmXkTrPwLsZqYhGfDjRtKmNbVcXzLkJhGfDsQpWmXnBvCtRzKsLpQwMnBvXcZsDfGhJkLpTrWqNmBxVc";
    private const string Capitals = "QXRTVBNMKLPWZSDFGH";
    private const string Base32 = "Q3S5V7X2Z4B6D3F5H7J2L4N6P3R5T7W2Y4A6C3E5G7I2K4M6O3Q5";

    // Made of pieces, so that nothing that looks for credentials finds one here.
    private static readonly (string Secret, string What)[] Parted =
    [
        (Base64Url.EncodeToString("123456789012345678"u8) + ".Gh4kQz." + Letters[..38], "Discord token"),
        (Base64Url.EncodeToString("1234567890123456789"u8) + ".Gh4kQz." + Letters[..27], "Discord token"),
        (Letters[..14] + ".atlasv1." + Letters[..67], "Terraform token"), ("pat" + Letters[..14] + "." + Hexadecimal, "Airtable token"),
        (Hexadecimal[..32] + "-us12", "Mailchimp key"), (Hexadecimal[..32] + "-1a2b3c4d-" + Hexadecimal[..8], "Mailgun key"),
        ("aB3" + "8Q~" + Letters[..34], "Azure client secret"), (Letters[..76] + "AZDO" + "a1B2", "Azure DevOps token"), (Letters[..52] + "JQQJ9" + Letters[..27], "Azure key"),
    ];

    public static TheoryData<string, string> Known
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "JSON Web Token" },
                { "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ", "JSON Web Token" },
                { "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.", "JSON Web Token" },
                { "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbC=\n-----END RSA PRIVATE KEY-----", "private key" },
                { "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r", "private key" },
                { "-----BEGIN PGP PRIVATE KEY BLOCK-----\nxyz\n-----END PGP PRIVATE KEY BLOCK-----", "private key" },
            };
            foreach (var (secret, what) in Parted)
            {
                data.Add(secret, what);
            }

            foreach (var shape in VendorTokens.All)
            {
                var rest = new[] { Letters + Letters, Hexadecimal + Hexadecimal, Base32 }.First(t => shape.LengthAt(shape.Prefix + t[..Math.Max(1, Math.Min(t.Length, shape.MinRest))]) > 0);
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

    // Of thirty characters one credential in two hundred has no digit.
    [Fact]
    public void Find_of_a_token_of_letters_alone_finds_it_when_they_look_drawn()
    {
        foreach (var shape in VendorTokens.All.Where(static s => s.LengthAt(s.Prefix + Drawn[..Math.Min(Drawn.Length, s.MinRest)] + "7") > 0 || s.LengthAt(s.Prefix + Capitals[..16]) > 0))
        {
            var rest = shape.LengthAt(shape.Prefix + Capitals[..16]) > 0 ? Capitals[..16] : Drawn[..shape.MinRest];

            Secrets.Find($"It is {shape.Prefix}{rest}.").ShouldHaveSingleItem(shape.Prefix).What.ShouldBe(shape.What);
        }

        Secrets.Find("ghp" + "_" + Drawn[..36]).ShouldNotBeEmpty();
        Secrets.Find("sk-ant-" + Drawn[..40]).ShouldNotBeEmpty();
        Secrets.Find("AKIA" + Capitals[..16]).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/", "T0A1B2C3D/B0E4F5G6H/", 24, "Slack webhook")]
    [InlineData("hooks.slack.com/services/", "T0A1B2C3D/B0E4F5G6H/", 24, "Slack webhook")]
    [InlineData("https://hooks.slack.com/triggers/", "T0A1B2C3D/5123456789012/", 32, "Slack webhook")]
    [InlineData("https://discord.com/api/webhooks/", "123456789012345678/", 68, "Discord webhook")]
    [InlineData("https://canary.discordapp.com/api/webhooks/", "123456789012345678/", 68, "Discord webhook")]
    [InlineData("https://acme.webhook.office.com/webhookb2/", "6f9619ff-8b86-d011-b42d-00c04fc964ff@6f9619ff-8b86-d011-b42d-00c04fc964fe/IncomingWebhook/", 32, "Teams webhook")]
    public void Redact_takes_the_secret_of_a_webhook_wherever_its_address_stands(string address, string path, int length, string what)
    {
        foreach (var (before, after) in new[] { ("", ""), ("It posts to ", "."), ("webhooks: <", "|here>"), ("curl -d x '", "' > hook.log"), ("url=\"", "?wait=true\"") })
        {
            var text = before + address + path + Letters[..length] + after;

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe($"{before}{address}[redacted: {what}]{after}");
        }
    }

    [Theory]
    [InlineData("123456789", "AAH", 32)]
    [InlineData("7012345678", "AAF", 32)]
    [InlineData("123456", "ABC-DEF", 27)]
    public void Redact_takes_the_token_of_a_Telegram_bot_wherever_it_stands(string bot, string beginning, int more)
    {
        foreach (var (before, after) in new[] { ("", ""), ("The bot is ", "."), ("https://api.telegram.org/bot", "/sendMessage?chat_id=1"), ("x=\"", "\"") })
        {
            var text = $"{before}{bot}:{beginning}{Letters[..more]}{after}";

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe($"{before}{bot}:[redacted: bot token]{after}");
        }
    }

    [Fact]
    public void Find_of_the_signature_of_a_shared_address_finds_it()
    {
        var text = $"https://acme.blob.core.windows.net/a/b.txt?sv=2024-11-04&se=2026-12-01&sr=b&sp=r&sig={Letters[..43]}%3D";

        Secrets.Redact(text, Secrets.Find(text)).ShouldEndWith("&sig=[redacted: token]");
    }

    [Theory]
    [InlineData("postgres://app:s3cr3t!pass@db.example.org:5432/app", "postgres://app:[redacted: password]@db.example.org:5432/app")]
    [InlineData("git clone https://x:oauth2token@github.com/a/b.git", "git clone https://x:[redacted: password]@github.com/a/b.git")]
    [InlineData("redis://:hunter22@cache/0", "redis://:[redacted: password]@cache/0")]
    [InlineData("https://ana@example.org:hunter22@host/", "https://ana@example.org:[redacted: password]@host/")]
    [InlineData("https://ghp_a1b2c3d4@github.com/a/b.git", "https://[redacted: token]@github.com/a/b.git")]
    [InlineData("git remote add o https://q7Rt2xV9bN4m@git.example.org:8443/a.git", "git remote add o https://[redacted: token]@git.example.org:8443/a.git")]
    [InlineData("https://3f9a1c7be25d8046f1a9@sentry.example.org/7", "https://[redacted: token]@sentry.example.org/7")]
    [InlineData("https://6f9619ff-8b86-d011-b42d-00c04fc964ff@git.example.org", "https://[redacted: token]@git.example.org")]
    [InlineData("https://q7Rt2xV9bN4m:x-oauth-basic@git.example.org", "https://[redacted: token]:[redacted: password]@git.example.org")]
    [InlineData("https://q7Rt2xV9bN4m:@api.example.org", "https://[redacted: token]:@api.example.org")]
    [InlineData("amqps://u:p%40ss@h and mongodb+srv://u:other1@h2/?x=1", "amqps://u:[redacted: password]@h and mongodb+srv://u:[redacted: password]@h2/?x=1")]
    [InlineData("DB_PASSWORD=hunter2hunter2", "DB_PASSWORD=[redacted: password]")]
    [InlineData("{\"client_secret\": \"a8f5f167f44f4964e6c998de\"}", "{\"client_secret\": \"[redacted: password]\"}")]
    [InlineData("Server=db;User Id=sa;Password=Tr0ub4dor&3;", "Server=db;User Id=sa;Password=[redacted: password];")]
    [InlineData("postgres://app:p@ssw0rd@db/x", "postgres://app:[redacted: password]@db/x")]
    [InlineData("postgres://app:S3cr3tP@ss@db.local/x?y=a@b", "postgres://app:[redacted: password]@db.local/x?y=a@b")]
    [InlineData("postgres://u:S3c/ret9@h/db", "postgres://u:[redacted: password]@h/db")]
    [InlineData("http://u:p@h", "http://u:[redacted: password]@h")]
    [InlineData("password: Tr0ub4dor&3xyzUV", "password: [redacted: password]")]
    [InlineData("password: \"Abc123&Def456\", x", "password: \"[redacted: password]\", x")]
    [InlineData("{\"password\": \"Xy12,34\\\"zzQ\"}", "{\"password\": \"[redacted: password]\"}")]
    [InlineData("{\"password\": \"correct horse battery staple 9\"}", "{\"password\": \"[redacted: password]\"}")]
    [InlineData("DB_PASSWORD='my secret pass 42'", "DB_PASSWORD='[redacted: password]'")]
    [InlineData("password='Xy12(34)zz'", "password='[redacted: password]'")]
    [InlineData("Password=Abc;def123!xyz", "Password=[redacted: password]")]
    [InlineData("Server=db;Password=Yukon900!;Encrypt=true", "Server=db;Password=[redacted: password];Encrypt=true")]
    [InlineData("https://a.example.org/?api_key=abc&def123456&x=1", "https://a.example.org/?api_key=[redacted: password]&x=1")]
    [InlineData("https://h/?password=hunter2", "https://h/?password=[redacted: password]")]
    [InlineData("export GH_TOKEN=abc123DEF456ghi", "export GH_TOKEN=[redacted: token]")]
    [InlineData("jdbc:oracle:thin:app/S3cr3tPw9@db:1521:x", "jdbc:oracle:thin:app/[redacted: password]@db:1521:x")]
    [InlineData("password: P@ss!word&Long#secret", "password: [redacted: password]")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\nAAAAIQ\nPrivate-MAC: 12ab", "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nAAAA\n[redacted: private key]\nPrivate-MAC: 12ab")]
    [InlineData("Authorization: ApiKey VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHA5=", "Authorization: ApiKey [redacted: token]")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [redacted: password]")]
    [InlineData("Authorization: Bearer 3f9a1c7be25d8046f1a9c3e7b52d", "Authorization: Bearer [redacted: token]")]
    [InlineData("The bot is 123456789:AAHk3jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5lM7.", "The bot is 123456789:[redacted: bot token].")]
    public void Redact_takes_the_secret_and_leaves_what_surrounds_it(string text, string redacted) =>
        Secrets.Redact(text, Secrets.Find(text)).ShouldBe(redacted);

    [Theory]
    [InlineData("curl -u ana:hunter2 https://api.example.org/a", "curl -u ana:[redacted: password] https://api.example.org/a")]
    [InlineData("Run `curl -sSL --user ana:hunter2 https://a.example.org` then.", "Run `curl -sSL --user ana:[redacted: password] https://a.example.org` then.")]
    [InlineData("curl https://a.example.org --user=\"ana:my dog Rex\" -o x", "curl https://a.example.org --user=\"ana:[redacted: password]\" -o x")]
    [InlineData("curl.exe -su 'ana:x;y|z' -X PUT https://a.example.org", "curl.exe -su 'ana:[redacted: password]' -X PUT https://a.example.org")]
    [InlineData("curl -X POST \\\n  -uana:hunter2 \\\n  https://a.example.org", "curl -X POST \\\n  -uana:[redacted: password] \\\n  https://a.example.org")]
    [InlineData("/usr/bin/curl -x p:3128 -U ana:hunter2 https://a.example.org", "/usr/bin/curl -x p:3128 -U ana:[redacted: password] https://a.example.org")]
    [InlineData("curl -u q7Rt2xV9bN4m: https://a.example.org", "curl -u [redacted: token]: https://a.example.org")]
    [InlineData("curl -H 'Accept: a; q=1 | b' -u ana:hunter2 https://a.example.org", "curl -H 'Accept: a; q=1 | b' -u ana:[redacted: password] https://a.example.org")]
    [InlineData("curl -u name:secret https://a.example.org", "curl -u name:[redacted: password] https://a.example.org")]
    public void Redact_takes_the_secret_that_curl_is_given(string text, string redacted)
    {
        Secrets.Redact(text, Secrets.Find(text)).ShouldBe(redacted);
        Secrets.Find(redacted).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mysql -u root -pS3cr3tPw! harbor", "mysql -u root -p[redacted: password] harbor")]
    [InlineData("mysqldump -p'two words' harbor", "mysqldump -p'[redacted: password]' harbor")]
    [InlineData("sshpass -p 'S3cr3tPw' ssh ana@h", "sshpass -p '[redacted: password]' ssh ana@h")]
    [InlineData("docker login -u bob -p Sup3rS3cr3t ghcr.io", "docker login -u bob -p [redacted: password] ghcr.io")]
    [InlineData("az login --service-principal -u bob --password=Sup3rS3cr3t", "az login --service-principal -u bob --password=[redacted: password]")]
    [InlineData("machine h login bob password Sup3rS3cr3t", "machine h login bob password [redacted: password]")]
    public void Redact_takes_the_password_that_a_command_is_given(string text, string redacted)
    {
        Secrets.Redact(text, Secrets.Find(text)).ShouldBe(redacted);
        Secrets.Find(redacted).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mysql -p harbor asks for it; mysql -u root -p and mysql -P3306 do too")]
    [InlineData("docker run -p 8080:80 harbor; docker login -u bob asks for it; docker login -p $TOKEN")]
    [InlineData("password: \"the one on page 4\" of the manual")]
    [InlineData("{\"password\": \"ask Mara for it\"}")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.config.backup.json is a file's name")]
    [InlineData("The login form password field is red; login and password are both needed")]
    [InlineData("var apiKey = GetApiKey(settings.Key2); password = Environment.Get(\"DB_1\")")]
    [InlineData("curl -u name https://a.example.org/b:c asks for it")]
    [InlineData("curl -u name: https://a.example.org has none, and curl -u ana:, neither")]
    [InlineData("curl -u user:password https://a.example.org and curl -u \"$USER:$TOKEN\" https://a.example.org")]
    [InlineData("docker run -u 1000:1000 --rm harbor and docker run --user node:node harbor")]
    [InlineData("docker run -u 1000:1000 curlimages/curl https://a.example.org")]
    [InlineData("curl https://a.example.org | docker run -i -u 1000:1000 harbor")]
    [InlineData("curl -XPUT -H 'Accept: text/plain' https://a.example.org:8443/u:v; sudo -u ana:staff true")]
    [InlineData("libcurl -u ana:staff is no command")]
    public void Find_of_users_that_are_named_without_a_secret_finds_nothing(string text) => Secrets.Find(text).ShouldBeEmpty();

    [Fact]
    public void Redact_of_a_token_in_characters_of_another_shape_takes_all_of_it()
    {
        var token = "ghp" + "_" + Letters[..36];
        var key = "sk" + "-" + Letters[..40];
        foreach (var (written, what) in new[]
        {
            (FullWidth(token), "GitHub token"), (FullWidth(key), "API key"), ("\uFF47hp_" + Letters[..36], "GitHub token"),
            (string.Concat(token.Select(static c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString())), "GitHub token"),
            (string.Join('\u200B', token.ToCharArray()), "GitHub token"), (string.Join('\u200D', FullWidth(key).ToCharArray()), "API key"),
            (token.Replace("3", "3\uFE0F", StringComparison.Ordinal), "GitHub token"),
        })
        {
            var text = $"数 The key is {written}, it is \uFF54hat.";

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe($"数 The key is [redacted: {what}], it is \uFF54hat.");
        }

        Secrets.Redact("ｐａｓｓｗｏｒｄ：ｈｕｎｔｅｒ２２…", Secrets.Find("ｐａｓｓｗｏｒｄ：ｈｕｎｔｅｒ２２…")).ShouldBe("ｐａｓｓｗｏｒｄ：[redacted: password]…");
    }

    private static string FullWidth(string text) => string.Concat(text.Select(static c => (char)(c + 0xFEE0)));

    [Theory]
    [InlineData("密码：见保险箱（第２层）。ＡＢＣ－１２３４５、ｓｋ－ｌｅａｒｎ、№ 12™ x² ½ ﬁne … 👩‍💻 1️⃣")]
    [InlineData("Commit 3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3 broke the build.")]
    [InlineData("sha256:3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3b5d70264e8a1c3f59b7d6024")]
    [InlineData("The tenant is 6f9619ff-8b86-d011-b42d-00c04fc964ff.")]
    [InlineData("Use version 10.0.15-preview.7.26405.3+sha.3f9a1c7 of Microsoft.Data.Sqlite.")]
    [InlineData("The password is in the safe; ask Ana.")]
    [InlineData("password: see 1Password, item 42")]
    [InlineData("Password policy: at least 12 characters, changed every 90 days.")]
    [InlineData("postgres://app:<password>@db/app, postgres://app:${DB_PASSWORD}@db, postgres://app:***@db, http://user:password@host")]
    [InlineData("See https://example.org:8443/a@b and http://[::1]:80/x@y or mailto:ana@example.org at 10:30.")]
    [InlineData("ssh://git@github.com/a/b and git@github.com:a/b and https://user@host and https://ana.costa1984@host and https://token@host")]
    [InlineData("https://k8s-deployer-x86-runner-01@ci.example.org, https://svc-build-agent-01-eu-west-1@host, https://oauth2accesstoken@host, https://x-access-token@host")]
    [InlineData("https://npm_publisher2024@host, https://key-rotation-bot-2024@host, https://rechtschreibung1996@host, https://web3d2print@host, https://<TOKEN>@host")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3kq8pQ2mZ9 ana@laptop")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0\n-----END PUBLIC KEY-----")]
    [InlineData("scikit-learn's sk-learn-compatible-estimator-wrapper-v2 works; task-1234567890-abcdefghij-klmnop does too.")]
    [InlineData("npm_config_registry, hf_transfer, sk_test_mode and key-value stores are words.")]
    [InlineData("Ticket ABC-12345, invoice 2026-000123456789, IBAN BE68 5390 0754 7034, phone +32 470 12 34 56 78.")]
    [InlineData("Token bucket: 20 requests a second; token: CancellationToken; secret = null; api_key: string")]
    [InlineData("The build is at /home/ana/projects/harbor-2026/src/Memory.Core/bin/Release/net10.0/linux-x64/publish")]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX is where the address of a webhook goes.")]
    [InlineData("Post to hooks.slack.com/services/ as docs.example.com/webhooks/2026/how-to-make-incoming-webhooks-work says.")]
    [InlineData("https://github.com/acme/harbor/blob/main/src/hooks/use-webhook-subscription-2026-for-the-deploy-page.ts")]
    [InlineData("https://discord.com/api/webhooks/{id}/{token} and https://discord.com/channels/123456789012345678/234567890123456789")]
    [InlineData("sk-ant-your-key-goes-here-and-nowhere-else, xoxb-your-token-goes-here-please, ghp_YourPersonalAccessTokenGoesHere, glpat-xxxxxxxxxxxxxxxxxxxx")]
    [InlineData("AKIAXXXXXXXXXXXXXXXX and npm_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx are what to put in, sk-ABCABCABCABCABCABCABCABCABCABCABC too.")]
    [InlineData("At 10:30 the job 20261128:AnalysisOfTheWarehouseOfTheHarbor ended; see log-2026112812:A.")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e-us-east, 3f9a1c7be25d8046f1a9c3e7b52d6048-12 (a multipart ETag), 6f9619ff8b86d011b42d00c04fc964ff-user")]
    [InlineData("com.example.harbor.deployment.internal.DeploymentConfigurationFactory2026 in path.to.the.module.of.the.warehouse.management2026")]
    [InlineData("harbor-deployment-of-2026.module.warehouse-management-of-the-harbor, harbor-deployments-of-2026.module.warehouse-management-of-the-harbor: each is divided as a token, and nothing of it is base64url")]
    [InlineData("patch-2026.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef and patterns-of-2026.harbor")]
    [InlineData("/var/lib/docker/overlay2/3f9a1c7be25d8046f1a9c3e7b52d6048a7c1e9f3b5d70264e8a1c3f59b7d6024/merged")]
    [InlineData("sklearn_model_2026_v3, mfa.enabled.for.everybody.since.2026, key-rotation-every-90-days-for-everybody, dose_of_vitamin_d_1000")]
    [InlineData("The sig is 2 of 3; multisig = 0x71C7656EC7ab88b098defB751B7401B5f6d8976F; ?design=a1b2c3d4e5f6a7b8c9d0e1f2")]
    [InlineData("Reset token expires after 15 minutes: see ADR-0012-reset-tokens-expire-2026.")]
    public void Find_of_ordinary_text_finds_nothing(string text) => Secrets.Find(text).ShouldBeEmpty();

    [Fact]
    public void Redact_of_what_was_redacted_changes_nothing() => AnySecretText.Sample(static text =>
    {
        var once = Secrets.Redact(text, Secrets.Find(text));

        Secrets.Find(once).ShouldBeEmpty($"in '{once}' of '{text}'");
    });

    [Fact]
    public void Redact_of_a_credential_directly_behind_another_one_leaves_neither()
    {
        const string Text = "AKIAQ3S5V7X2Z4B6D3F5sk-ant-redactedaB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5T0/B0/Bearer ://8Q~123456789~";

        var redacted = Secrets.Redact(Text, Secrets.Find(Text));

        redacted.ShouldNotContain("aB3dE5gH7");
        Secrets.Find(redacted).ShouldBeEmpty();
    }

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
        "eyJzdWIiOiIxIn0xMjM0NQ", "ghp_", "\uFF47\uFF48\uFF50_", "\u200D", "\uFE0F", "curl -u ", "'", "sk-ant-", "AKIA", "hooks.slack.com/services/", "T0/B0/", "~", "8Q~", Letters, Letters[..36], Hexadecimal[..32], Base32[..16], "123456789", "AA", "x", "[", "]", "/", "secret", "redacted",
    ];

    private static readonly Gen<string> AnySecretText = Gen.OneOf(Pieces).Array[0, 14].Select(static p => string.Concat(p));
}
