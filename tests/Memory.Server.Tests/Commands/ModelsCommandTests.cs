using System.Security.Cryptography;
using System.Text;
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

        (await ModelsCommand.ListAsync(catalog, _folder.Path, _stdout, _stderr)).ShouldBe(0);
        _stdout.ToString().ShouldContain("tiny  not pulled");
        server.Requests.ShouldBeEmpty();

        (await ModelsCommand.PullAsync("tiny", catalog, _folder.Path, _stdout, _stderr, CancellationToken.None)).ShouldBe(0);
        _stdout.ToString().ShouldContain(_folder.File("tiny"));
        (await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "tiny", "model.onnx"))).ShouldBe(Content);

        (await ModelsCommand.ListAsync(catalog, _folder.Path, _stdout, _stderr)).ShouldBe(0);
        _stdout.ToString().ShouldContain("tiny  pulled");
    }

    [Theory]
    [InlineData("huge", "it has tiny")]
    [InlineData("../tiny", "no path")]
    public async Task A_name_that_the_catalogue_does_not_have_ends_it_with_2(string name, string said)
    {
        (await ModelsCommand.PullAsync(name, Catalog(new Uri("http://127.0.0.1:1/")), _folder.Path, _stdout, _stderr, CancellationToken.None)).ShouldBe(2);

        _stderr.ToString().ShouldContain(said);
        _stdout.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_fails_ends_it_with_1()
    {
        await using var server = new LoopbackServer(static _ => new LoopbackServer.Reply(404, []));

        (await ModelsCommand.PullAsync("tiny", Catalog(server.Address), _folder.Path, _stdout, _stderr, CancellationToken.None)).ShouldBe(1);

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
