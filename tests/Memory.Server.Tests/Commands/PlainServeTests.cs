using System.CommandLine;
using CsCheck;
using Memory.Server.Commands;
using Memory.Server.Configuration;

namespace Memory.Server.Tests.Commands;

public sealed class PlainServeTests
{
    private static readonly string[] Values = ["off", "0 0 3 * * ?", "/a b/memory.db", "@file", "=", "a=b", "x:y", "/h", "", "-", "-1", "--db", "serve", "\uFFFD", "\"q\"", "ü"];

    [Fact]
    public void Read_of_settings_by_name_and_value_yields_them()
    {
        var given = PlainServe.Read(["serve", "--db", "/tmp/a.db", "--schedule", "off", "--http", "127.0.0.1:7788"]).ShouldNotBeNull();

        given.Count.ShouldBe(3);
        given[Setting.Database].ShouldBe("/tmp/a.db");
        given[Setting.Schedule].ShouldBe("off");
        given[Setting.Known.Single(static s => s.Option == "--http")].ShouldBe("127.0.0.1:7788");
    }

    [Theory]
    [InlineData]
    [InlineData("recall", "--db")]
    [InlineData("--db", "a.db", "serve")]
    [InlineData("serve", "--help")]
    [InlineData("serve", "--db")]
    [InlineData("serve", "--db=a.db", "x")]
    [InlineData("serve", "--unknown", "a")]
    [InlineData("serve", "--db", "a.db", "--db", "b.db")]
    [InlineData("serve", "--db", "--schedule")]
    [InlineData("serve", "--db", "a\uFFFD.db")]
    public void Read_of_anything_else_is_left_to_the_parser(params string[] args) => PlainServe.Read(args).ShouldBeNull();

    [Fact]
    public void Read_of_any_arguments_yields_what_the_parser_of_the_command_line_reads()
    {
        var (root, options) = CommandLine.Create("serve");
        var syntax = new ParserConfiguration { ResponseFileTokenReplacer = null };
        string[] names = [.. Setting.Known.Select(static s => s.Option), "--help", "--version", "-h", "--no-such", "--db=x", "--"];
        var read = 0;

        Gen.Select(Gen.Int[0, names.Length - 1].Select(i => names[i]), Gen.Int[0, Values.Length - 1].Select(static i => Values[i])).Array[0, 4].Sample(pairs =>
        {
            string[] args = ["serve", .. pairs.SelectMany(static p => new[] { p.Item1, p.Item2 })];
            if (PlainServe.Read(args) is { } given)
            {
                var parsed = root.Parse(args, syntax);
                parsed.Errors.ShouldBeEmpty();
                options.ToDictionary(static o => o.Key.Option, o => parsed.GetValue(o.Value))
                    .ShouldBe(options.Keys.ToDictionary(static s => s.Option, s => given.GetValueOrDefault(s)), ignoreOrder: true);
                Interlocked.Increment(ref read);
            }
        }, iter: 3_000);

        read.ShouldBeGreaterThan(300);
    }
}
