using System.Text;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

public sealed class SettingsTests
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Hexadecimal = "0123456789abcdef";

    [Theory]
    [InlineData("DB_PASS=S3cr3tPw9", "DB_PASS=*")]
    [InlineData("pass: S3cr3tPw9", "pass: *")]
    [InlineData("user=ana pass=S3cr3tPw9", "user=ana pass=*")]
    [InlineData("**password**: S3cr3tPw9", "**password**: *")]
    [InlineData("**Password:** S3cr3tPw9", "**Password:** *")]
    [InlineData("| password | S3cr3tPw9 |", "| password | * |")]
    [InlineData("| **Password** | `S3cr3tPw9` |", "| **Password** | `*` |")]
    [InlineData("password:\nS3cr3tPw9", "password:\n*")]
    [InlineData("password:\r\n  S3cr3tPw9\r\nport: 80", "password:\r\n  *\r\nport: 80")]
    [InlineData("password -> S3cr3tPw9", "password -> *")]
    [InlineData("password → S3cr3tPw9.", "password → *.")]
    [InlineData("<password>S3cr3tPw9</password>", "<password>*</password>")]
    [InlineData("<add key=\"Password\" value=\"S3cr3tPw9\"/>", "<add key=\"Password\" value=\"*\"/>")]
    [InlineData("{\"name\": \"DB_PASSWORD\", \"value\": \"S3cr3tPw9\"}", "{\"name\": \"DB_PASSWORD\", \"value\": \"*\"}")]
    [InlineData("- name: DB_PASSWORD\n  value: S3cr3tPw9", "- name: DB_PASSWORD\n  value: *")]
    [InlineData("PASSWORD=swordfish", "PASSWORD=*")]
    [InlineData("DB_PASSWORD=swordfish", "DB_PASSWORD=*")]
    [InlineData("{\"password\":\"swordfish1\"}", "{\"password\":\"*\"}")]
    [InlineData("{\"password\": \"swordfish\"}", "{\"password\": \"*\"}")]
    [InlineData("  password: \"swordfish\"", "  password: \"*\"")]
    [InlineData("password: \"Xk39 sPq2 vv\"", "password: \"*\"")]
    [InlineData("The database has the password: \"Xk39 sPq2 vv\" since May", "The database has the password: \"*\" since May")]
    [InlineData("Our secret: \"Xk39sPq2 vv!\"", "Our secret: \"*\"")]
    [InlineData("port: 80\npassword: 'rex 2026 blue' # of the test\nuser: ana", "port: 80\npassword: '*' # of the test\nuser: ana")]
    [InlineData("secret: \"rex 2026 blue\"", "secret: \"*\"")]
    [InlineData("password: \"correct horse battery\"", "password: \"*\"")]
    [InlineData("It sets password = \"correct horse battery\" itself", "It sets password = \"*\" itself")]
    [InlineData("DB_PASSWORD=\"correct horse battery\"", "DB_PASSWORD=\"*\"")]
    [InlineData("{\"password\": \"correct horse battery\"}", "{\"password\": \"*\"}")]
    [InlineData("password := \"correct horse battery\"", "password := \"*\"")]
    [InlineData("{\"secret\": \"Xk39sPq2 and vv!\"}", "{\"secret\": \"*\"}")]
    [InlineData("connect(password = \"swordfish\")", "connect(password = \"*\")")]
    [InlineData("password=12345678", "password=*")]
    [InlineData("password=my-dog-rex-2026", "password=*")]
    [InlineData("password: hunter22", "password: *")]
    [InlineData("https%3A%2F%2Fu%3Apa55word%40host", "https%3A%2F%2Fu%3A*%40host")]
    [InlineData("redis-cli -h cache -a S3cr3tPw9 ping", "redis-cli -h cache -a * ping")]
    [InlineData("mongosh -u ana -p S3cr3tPw9 db", "mongosh -u ana -p * db")]
    [InlineData("smbclient //h/share -U ana%S3cr3tPw9", "smbclient //h/share -U ana%*")]
    [InlineData("http -a ana:S3cr3tPw9 https://a.example.org", "http -a ana:* https://a.example.org")]
    [InlineData("openssl rsa -in a.pem -passin pass:S3cr3tPw9 -out b.pem", "openssl rsa -in a.pem -passin pass:* -out b.pem")]
    public void Redact_takes_the_password_of_a_setting(string text, string redacted)
    {
        var once = Secrets.Redact(text, Secrets.Find(text));

        once.ShouldBe(redacted.Replace("**", "\u0001", StringComparison.Ordinal).Replace("*", "[redacted: password]", StringComparison.Ordinal).Replace("\u0001", "**", StringComparison.Ordinal));
        Secrets.Find(once).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SECRET_KEY_BASE=", Hexadecimal, 64, "", "password")]
    [InlineData("ALGOLIA_ADMIN_KEY=", Hexadecimal, 32, "", "token")]
    [InlineData("The API key: ", Hexadecimal, 32, ", it is new.", "token")]
    [InlineData("Send Bearer ", Alphanumeric, 40, " with it.", "token")]
    [InlineData("curl -H 'X-Auth: bearer ", Alphanumeric, 40, "' https://a.example.org", "token")]
    [InlineData("Asana has 1/1200123456789012:", Hexadecimal, 32, ".", "Asana token")]
    [InlineData("PayPal has access_token$production$x3kq8pq2mz9$", Hexadecimal, 32, ".", "PayPal token")]
    public void Redact_takes_what_was_drawn_at_random(string before, string characters, int length, string after, string what)
    {
        foreach (var drawn in Drawn(characters, length))
        {
            var text = before + drawn + after;

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe($"{before}[redacted: {what}]{after}");
        }
    }

    [Fact]
    public void Redact_takes_the_refresh_token_of_Google()
    {
        foreach (var drawn in Drawn(Alphanumeric, 48))
        {
            var text = $"It gave 1//0{drawn}.";

            Secrets.Redact(text, Secrets.Find(text)).ShouldBe("It gave 1//[redacted: Google refresh token].");
        }
    }

    [Fact]
    public void Redact_of_a_key_in_base64_takes_it()
    {
        foreach (var name in new[] { "RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY" })
        {
            var key = Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEGIN {name}-----\n{Drawn(Alphanumeric, 90).First()}\n-----END {name}-----\n"));

            Secrets.Redact($"client-key-data: {key}\nname: x", Secrets.Find($"client-key-data: {key}\nname: x")).ShouldBe("client-key-data: [redacted: private key]\nname: x");
        }
    }

    [Fact]
    public void Redact_of_a_key_of_SSH2_takes_it()
    {
        const string Name = "SSH2 ENCRYPTED PRIVATE KEY";
        var text = $"a\n---- BEGIN {Name} ----\nComment: x\n{Drawn(Alphanumeric, 60).First()}\n---- END {Name} ----\nb";

        Secrets.Redact(text, Secrets.Find(text)).ShouldBe("a\n[redacted: private key]\nb");
    }

    // The same at each run.
    private static IEnumerable<string> Drawn(string characters, int length)
    {
        var random = new Random(length);
        for (var i = 0; i < 200; i++)
        {
            yield return new string(random.GetItems<char>(characters, length));
        }
    }
}
