using System.Text.Json;

namespace Memory.Server.Tests.Deploy;

public sealed class DockerfileTests
{
    private static readonly string[] File = DeployFiles.Lines("Dockerfile");
    private static readonly string[] Image = [.. File.Skip(Array.FindLastIndex(File, static l => l.StartsWith("FROM ", StringComparison.Ordinal))).Where(static l => !l.StartsWith('#'))];

    [Fact]
    public void Entry_and_command_start_a_server_that_the_command_line_knows()
    {
        var (entry, command) = (Words(Value("ENTRYPOINT")), Words(Value("CMD")));

        entry.ShouldBe(["/app/memory-server"]);
        DeployFiles.ShouldBeTaken([.. entry.Skip(1), .. command]).CommandResult.Command.Name.ShouldBe("serve");
        var publish = File.Single(static l => l.StartsWith("RUN dotnet publish ", StringComparison.Ordinal));
        publish.ShouldContain("publish src/Memory.Server ");
        publish.ShouldContain(" --self-contained true ");
        publish.ShouldContain(" -o /app");
        Image.ShouldContain("COPY --from=build /app /app");
    }

    [Fact]
    public void Health_is_asked_of_the_address_that_the_team_server_is_started_on()
    {
        var check = Value("HEALTHCHECK");
        var asked = Words(check[(check.IndexOf("CMD ", StringComparison.Ordinal) + 4)..]);
        var served = Commands().Single(static c => c.Contains("--http"));

        asked[0].ShouldBe(Words(Value("ENTRYPOINT"))[0]);
        var parsed = DeployFiles.ShouldBeTaken(asked[1..]);
        parsed.CommandResult.Command.Name.ShouldBe("health");
        var url = new Uri(parsed.GetValue<string>("url")!);
        (url.Host, url.AbsolutePath).ShouldBe(("127.0.0.1", "/health/ready"));
        served[Array.IndexOf(served, "--http") + 1].ShouldBe($"0.0.0.0:{url.Port}");
    }

    [Fact]
    public void Commands_in_comments_are_taken_by_the_command_line()
    {
        var commands = Commands().ToArray();

        commands.Length.ShouldBe(3);
        commands.Select(static c => c.Length == 0 ? "" : DeployFiles.ShouldBeTaken(c).CommandResult.Command.Name).ShouldBe(["", "serve", "create"]);
    }

    [Fact]
    public void Image_runs_as_a_user_without_rights_who_may_write_the_data_alone()
    {
        // The base image gives the number; by name it could be one of root's.
        Value("USER").ShouldBe("$APP_UID");
        Array.FindIndex(Image, static l => l.StartsWith("USER ", StringComparison.Ordinal)).ShouldBeLessThan(Array.FindIndex(Image, static l => l.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)));
        Image.Where(static l => l.Contains("--chown", StringComparison.Ordinal)).ShouldBe(["COPY --from=build --chown=$APP_UID:$APP_UID /data /data"]);
        Value("VOLUME").ShouldBe("/data");
        Image[0].ShouldContain("-chiseled");
        DeployFiles.Words(Value("ENV")).ShouldContain("MEMORY_DB=/data/memory.db");
    }

    // What stands behind the name of the image in the lines that are to be typed.
    private static IEnumerable<string[]> Commands() => File.Where(static l => l.StartsWith('#') && l.Contains("docker run ", StringComparison.Ordinal))
        .Select(static l => DeployFiles.Words(l)).Select(static w => w[(Array.IndexOf(w, "memory-server") + 1)..]);

    private static string Value(string name) => Image.Where(l => l.StartsWith($"{name} ", StringComparison.Ordinal)).ShouldHaveSingleItem()[(name.Length + 1)..];

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;
}
