using System.Diagnostics;

namespace Memory.Server.Tests.Deploy;

/// <summary>The script itself, with a <c>dotnet</c> that publishes the server of these tests.</summary>
public sealed class PublishScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Publish_makes_one_self_contained_file_tries_it_and_prints_its_size_and_start()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (code, stdout, stderr) = await RunAsync(more: "");

        code.ShouldBe(0, stdout + stderr);
        var asked = (await File.ReadAllTextAsync(_folder.File("asked"), TestContext.Current.CancellationToken)).Trim();
        asked.ShouldStartWith("publish src/Memory.Server -c Release -r linux-arm64 --self-contained true -p:PublishSingleFile=true ");
        asked.ShouldEndWith($" -o {_folder.File("out")} --nologo -v q");
        stdout.ShouldMatch(@"(?m)^\S+/out/memory-server: one file of \d+ MB$");
        stdout.ShouldMatch(@"(?m)^start to the answer of initialize: the first \d+ ms, then a median of 11 of \d+ ms$");
    }

    [Fact]
    public async Task Publish_of_more_than_one_file_fails_and_names_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (code, stdout, stderr) = await RunAsync(more: "touch \"$out/libe_sqlite3.so\"");

        code.ShouldBe(1, stdout + stderr);
        stderr.ShouldContain("More than one file was published:");
        stderr.ShouldContain("libe_sqlite3.so");
    }

    [Fact]
    public async Task Publish_of_a_server_that_does_not_answer_fails()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        (await RunAsync(more: "printf '#!/bin/sh\\necho nonsense\\n' > \"$out/memory-server\"")).Code.ShouldNotBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Stdout, string Stderr)> RunAsync(string more)
    {
        var bin = Directory.CreateDirectory(_folder.File("bin")).FullName;
        var dotnet = Path.Combine(bin, "dotnet");
        await File.WriteAllTextAsync(dotnet, $$"""
            #!/usr/bin/env bash
            echo "$@" > "{{_folder.File("asked")}}"
            while [ "$1" != -o ]; do shift; done
            out=$2
            mkdir -p "$out"
            printf '#!/bin/sh\nexec "{{ServerProcess.Executable}}" "$@"\n' > "$out/memory-server"
            {{more}}
            chmod +x "$out/memory-server"
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(Path.Combine(DeployFiles.Root, "deploy", "publish"), ["linux-arm64", _folder.File("out")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var name in start.Environment.Keys.Where(static k => k.StartsWith("MEMORY_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        return (process.ExitCode, await stdout, await stderr);
    }
}
