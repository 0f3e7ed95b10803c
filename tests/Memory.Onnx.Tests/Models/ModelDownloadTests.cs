using System.Security.Cryptography;
using Memory.Core.Memories;
using Memory.Onnx.Models;
using Microsoft.Extensions.Time.Testing;
using static Memory.Tests.LoopbackServer;

namespace Memory.Onnx.Tests.Models;

public sealed class ModelDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)(i * 31 % 251))];

    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "tiny", "model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_downloaded_once()
    {
        await using var server = new LoopbackServer(static _ => new Reply(200, Content));
        var reports = new List<DownloadProgress>();

        (await PullAsync(server, progress: new Collected(reports))).Value.ShouldBe(Path.Combine(_folder.Path, "tiny"));
        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/files/onnx/model.onnx");
        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldHaveSingleItem();
        reports[^1].ShouldBe(new DownloadProgress("model.onnx", Content.Length, Content.Length));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_continued_where_it_broke_off()
    {
        await using var server = new LoopbackServer(static r => Ranges(r, cutAfter: 100_000));

        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
        server.Requests.Select(static r => r.Headers.GetValueOrDefault("Range")).ShouldBe([null, "bytes=100000-", "bytes=200000-"]);
    }

    [Fact]
    public async Task What_an_earlier_call_left_is_continued()
    {
        var cut = true;
        await using var server = new LoopbackServer(r => cut && r.Headers.ContainsKey("Range") ? Reply.None : Ranges(r, cut ? 100_000 : Content.Length));

        var first = await PullAsync(server);
        cut = false;
        var second = await PullAsync(server);

        first.Problem.ShouldNotBeNull().Message.ShouldContain("100000 of 300000");
        second.Succeeded.ShouldBeTrue();
        server.Requests[^1].Headers["Range"].ShouldBe("bytes=100000-");
        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_all_of_it_again()
    {
        var count = 0;
        await using var server = new LoopbackServer(_ => count++ == 0 ? new Reply(200, Content[..100_000], Content.Length) : new Reply(200, Content));

        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        count.ShouldBe(2);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_server_without_ranges_that_always_breaks_off_is_given_up()
    {
        await using var server = new LoopbackServer(static _ => new Reply(200, Content[..100_000], Content.Length));

        (await PullAsync(server)).Problem.ShouldNotBeNull().Message.ShouldContain("Run it again");

        server.Requests.Count.ShouldBe(2);
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_range_that_the_server_does_not_have_starts_again()
    {
        Leave(Content[..100_000]);
        await using var server = new LoopbackServer(static r => r.Headers.ContainsKey("Range") ? new Reply(416, []) : new Reply(200, Content));

        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_wrong_hash_is_thrown_away()
    {
        await using var server = new LoopbackServer(static _ => new Reply(200, [.. Content.Select(static b => (byte)~b)]));

        var problem = (await PullAsync(server)).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        problem.Message.ShouldContain("SHA-256");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task Remains_of_another_file_are_found_out_and_fetched_anew()
    {
        Leave(new byte[100_000]);
        await using var server = new LoopbackServer(static r => Ranges(r, Content.Length));

        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        server.Requests.Count.ShouldBe(2);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_file_in_place_that_is_damaged_is_replaced()
    {
        Leave([]);
        await File.WriteAllBytesAsync(Target, new byte[Content.Length]);
        await using var server = new LoopbackServer(static _ => new Reply(200, Content));

        (await PullAsync(server)).Succeeded.ShouldBeTrue();

        (await File.ReadAllBytesAsync(Target)).ShouldBe(Content);
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task A_file_of_another_length_is_not_fetched(int length)
    {
        await using var server = new LoopbackServer(_ => new Reply(200, new byte[length]));

        (await PullAsync(server)).Problem.ShouldNotBeNull().Message.ShouldContain("the catalogue says 300000");

        File.Exists(Target).ShouldBeFalse();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_refusal_is_told(int status)
    {
        await using var server = new LoopbackServer(_ => new Reply(status, []));

        (await PullAsync(server)).Problem.ShouldNotBeNull().Message.ShouldContain($"answered {status}");
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_after_a_while()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = new LoopbackServer(async _ =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite);
            return Reply.None;
        });

        var pull = PullAsync(server, time: time);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(61));

        (await pull).Problem.ShouldNotBeNull().Message.ShouldContain("nothing came for 60 seconds");
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_mix()
    {
        Leave([]);
        using var held = new FileStream(Target + ".part", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await using var server = new LoopbackServer(static _ => new Reply(200, Content));

        (await PullAsync(server)).Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Busy);

        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../evil", "model.onnx")]
    [InlineData("tiny", "../model.onnx")]
    [InlineData("a/b", "model.onnx")]
    [InlineData("a\\b", "model.onnx")]
    [InlineData("..", "model.onnx")]
    [InlineData("", "model.onnx")]
    public async Task A_name_that_leads_elsewhere_is_refused(string model, string file)
    {
        using var download = new ModelDownload(TimeProvider.System);
        var entry = new CatalogModel(model, null, null, new Uri("http://127.0.0.1:1/"), [new CatalogFile(file, null, 1, new string('0', 64))]);

        (await download.PullAsync(entry, _folder.Path)).Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Invalid);

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    private static Reply Ranges(Request request, int cutAfter)
    {
        var start = request.Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1]) : 0;
        var rest = Content[start..];
        return new Reply(start == 0 ? 200 : 206, rest[..Math.Min(cutAfter, rest.Length)], rest.Length)
        {
            Headers = start == 0 ? [] : [("Content-Range", $"bytes {start}-{Content.Length - 1}/{Content.Length}")],
        };
    }

    private void Leave(byte[] part)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", part);
    }

    private async Task<Outcome<string>> PullAsync(LoopbackServer server, IProgress<DownloadProgress>? progress = null, TimeProvider? time = null)
    {
        using var download = new ModelDownload(time ?? TimeProvider.System);
        var model = new CatalogModel(
            "tiny", null, "MIT", new Uri(server.Address, "files/"), [new CatalogFile("model.onnx", "onnx/model.onnx", Content.Length, Convert.ToHexString(SHA256.HashData(Content)))]);
        return await download.PullAsync(model, _folder.Path, progress);
    }

    private sealed class Collected(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => reports.Add(value);
    }
}
