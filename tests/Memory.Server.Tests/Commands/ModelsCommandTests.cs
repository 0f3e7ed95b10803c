using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("a model");

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _stdout = new();
    private readonly StringWriter _stderr = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_listed_pulled_and_listed_as_pulled()
    {
        await using var server = new LoopbackServer(static _ => new LoopbackServer.Reply(200, Content));
        var catalog = Catalog(server.Address);

        (await ModelsCommand.ListAsync(catalog, _folder.Path, json: false, _stdout, _stderr)).ShouldBe(0);
        _stdout.ToString().ShouldMatch("tiny +not pulled +0 MB +MIT");
        server.Requests.ShouldBeEmpty();

        (await ModelsCommand.PullAsync("tiny", catalog, _folder.Path, json: false, _stdout, _stderr, CancellationToken.None)).ShouldBe(0);
        _stdout.ToString().ShouldContain(_folder.File("tiny"));
        (await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "tiny", "model.onnx"))).ShouldBe(Content);

        (await ModelsCommand.ListAsync(catalog, _folder.Path, json: false, _stdout, _stderr)).ShouldBe(0);
        _stdout.ToString().ShouldMatch("tiny +pulled +0 MB +MIT");
    }

    [Fact]
    public async Task Models_are_listed_and_pulled_as_json()
    {
        await using var server = new LoopbackServer(static _ => new LoopbackServer.Reply(200, Content));
        var catalog = Catalog(server.Address);
        Directory.CreateDirectory(_folder.File("mine"));
        using var listed = new StringWriter();

        (await ModelsCommand.PullAsync("tiny", catalog, _folder.Path, json: true, _stdout, _stderr, CancellationToken.None)).ShouldBe(0);
        (await ModelsCommand.ListAsync(catalog, _folder.Path, json: true, listed, _stderr)).ShouldBe(0);

        JsonElement.Parse(_stdout.ToString()).GetProperty("folder").GetString().ShouldBe(_folder.File("tiny"));
        var models = JsonElement.Parse(listed.ToString());
        (models[0].GetProperty("name").GetString(), models[0].GetProperty("pulled").GetBoolean(), models[0].GetProperty("bytes").GetInt64()).ShouldBe(("tiny", true, Content.Length));
        (models[1].GetProperty("name").GetString(), models[1].GetProperty("in_catalogue").GetBoolean()).ShouldBe(("mine", false));
    }

    [Theory]
    [InlineData("huge", "it has tiny", ExitCodes.NotFound)]
    [InlineData("../tiny", "no path", ExitCodes.Usage)]
    public async Task A_name_that_the_catalogue_does_not_have_ends_it_with_the_code_of_all_commands(string name, string said, int code)
    {
        (await ModelsCommand.PullAsync(name, Catalog(new Uri("http://127.0.0.1:1/")), _folder.Path, json: false, _stdout, _stderr, CancellationToken.None)).ShouldBe(code);

        _stderr.ToString().ShouldContain(said);
        _stdout.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_fails_ends_it_with_1()
    {
        await using var server = new LoopbackServer(static _ => new LoopbackServer.Reply(404, []));

        (await ModelsCommand.PullAsync("tiny", Catalog(server.Address), _folder.Path, json: false, _stdout, _stderr, CancellationToken.None)).ShouldBe(1);

        _stderr.ToString().ShouldContain("answered 404");
    }

    private string Catalog(Uri address)
    {
        var path = _folder.File("catalog.json");
        File.WriteAllText(path, $$"""
            {"models":[{"name":"tiny","licence":"MIT","base":"{{address}}","files":[{"name":"model.onnx","bytes":{{Content.Length}},"sha256":"{{Convert.ToHexString(SHA256.HashData(Content))}}"}]}]}
            """);
        return path;
    }
}
