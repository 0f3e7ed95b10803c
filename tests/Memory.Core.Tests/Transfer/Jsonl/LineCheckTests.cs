using System.Text;
using Memory.Core.Memories;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;

namespace Memory.Core.Tests.Transfer.Jsonl;

public sealed class LineCheckTests
{
    private const string Token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    // What stands in a line as JSON writes it.
    private const string Hostile = "\\u001b[31mred\\u202e " + Token + "\\u200b";

    private const string Memory = """{"namespace":"default","memory":{"id":"aaaaaaaaaaa1","content":"Mara likes tea.","kind":"fact","importance":0.5,"source":"user","state":"active","confidence":0.8,"confidence_at":"2026-01-01T00:00:00+00:00","created_at":"2026-01-01T00:00:00+00:00","updated_at":"2026-01-01T00:00:00+00:00","evidence":[{"kind":"asserted","source":"SOURCE","session":"SESSION","at":"2026-01-01T00:00:00+00:00"}]}}""";

    private const string Run = """{"namespace":"default","run":{"id":"20260101-000000-aaaaaa","scope":"full","cause":"schedule","state":"completed","holder":"HOLDER","started_at":"2026-01-01T00:00:00+00:00","counts":{"merged":1,"superseded":0,"contested":0,"rescored":0,"archived":0},"outcome":{"examined":2,"stages":[{"stage":"STAGE","elapsed":"00:00:01"}],"told_units":[3],"rolled_back":["ROLLED"],"language_model":"MODEL"}}}""";

    private const string Journal = """{"namespace":"default","journal":{"run":"20260101-000000-aaaaaa","unit":1,"memory":"aaaaaaaaaaa1","before":{"tags":["TAG"]},"after":{"evidence":[{"kind":"confirmed","source":"SOURCE","session":"SESSION","at":"2026-01-01T00:00:00+00:00"}]},"reason":"x"}}""";

    [Fact]
    public async Task Evidence_of_a_line_is_screened_as_what_is_stored()
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, Memory.Replace("SOURCE", "https://bob:hunter22@host/x", StringComparison.Ordinal).Replace("SESSION", Token, StringComparison.Ordinal));
        await ImportAsync(fixture, Memory.Replace("aaaaaaaaaaa1", "aaaaaaaaaaa2", StringComparison.Ordinal).Replace("SOURCE", "a\\u202egpj.exe\\u200b", StringComparison.Ordinal).Replace("SESSION", "x", StringComparison.Ordinal));

        report.Screened.ShouldBe(1);
        var exported = await ExportAsync(fixture);
        exported.ShouldContain("""{"kind":"asserted","source":"[redacted: password]","session":"[redacted: GitHub token]",""");
        exported.ShouldContain("\"source\":\"agpj.exe\"");
    }

    [Fact]
    public async Task Evidence_of_a_line_with_a_credential_is_refused_where_the_policy_says_so()
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, Memory.Replace("SESSION", Token, StringComparison.Ordinal), new Screen(SecretPolicy.Refuse));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldStartWith("session looks as if it held a credential");
        report.Imported.ShouldBe(0);
    }

    [Fact]
    public async Task Report_of_a_run_is_screened_as_what_is_stored()
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, Run.Replace("ROLLED", Hostile, StringComparison.Ordinal).Replace("MODEL", Hostile, StringComparison.Ordinal)
            .Replace("STAGE", Token, StringComparison.Ordinal).Replace("HOLDER", Token, StringComparison.Ordinal));

        report.Screened.ShouldBe(1);
        var run = (await fixture.Store.ReadAsync(ServiceFixture.Ns, static reader => reader.Runs(1))).ShouldHaveSingleItem();
        run.Holder.ShouldBe("[redacted: GitHub token]");
        run.Outcome!.RolledBack.ShouldBe(["red [redacted: GitHub token]"]);
        run.Outcome.LanguageModel.ShouldBe("red [redacted: GitHub token]");
        run.Outcome.Stages.ShouldHaveSingleItem().ShouldBe(new StageTime("[redacted: GitHub token]", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Journal_of_a_line_is_screened_as_what_is_stored()
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, string.Join('\n', Memory, Run, Journal.Replace("SOURCE", Token, StringComparison.Ordinal), Journal.Replace("TAG", Token, StringComparison.Ordinal)));

        report.Rejections.ShouldBeEmpty();
        report.Screened.ShouldBe(2);
        (await ExportAsync(fixture)).ShouldNotContain(Token);
    }

    [Theory]
    [InlineData("\"merged\":1", "\"merged\":-5", "counts has a number below 0.")]
    [InlineData("\"archived\":0", "\"archived\":-1", "counts has a number below 0.")]
    [InlineData("\"examined\":2", "\"examined\":-2", "outcome has a number below 0")]
    [InlineData("[3]", "[-3]", "a unit below 1")]
    [InlineData("00:00:01", "-00:00:01", "outcome has a number below 0")]
    [InlineData("\"STAGE\"", "null", "stage")]
    [InlineData("\"ROLLED\"", "null", "rolled_back")]
    [InlineData("STAGE", "a\\u001b[0m", "stage has the control character")]
    [InlineData("ROLLED", "a\\u0000b", "rolled_back has the control character")]
    public async Task Report_of_a_run_that_no_run_can_have_is_refused(string right, string wrong, string reason)
    {
        await using var fixture = new ServiceFixture();

        var report = await ImportAsync(fixture, Run.Replace(right, wrong, StringComparison.Ordinal));

        report.Rejections.ShouldHaveSingleItem().Reason.ShouldContain(reason);
        (await fixture.Store.ReadAsync(ServiceFixture.Ns, static reader => reader.Runs(1))).ShouldBeEmpty();
    }

    [Fact]
    public void Name_of_a_process_goes_through_the_screen_unchanged() =>
        Screen.Default.Name("holder", ProcessIdentity.Current, []).Value.ShouldBe(ProcessIdentity.Current);

    private static async Task<string> ExportAsync(ServiceFixture fixture)
    {
        using var stream = new MemoryStream();
        await new JsonlExport(fixture.Store).WriteAsync([ServiceFixture.Ns], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<ImportReport> ImportAsync(ServiceFixture fixture, string lines, Screen? screen = null)
    {
        var path = Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllTextAsync(path, lines);
        return (await new MemoryImport(fixture.Store, fixture.Time, screen).ReadAsync(ImportTarget.Each(ServiceFixture.Ns), path, ImportFormat.Jsonl)).Value!;
    }
}
