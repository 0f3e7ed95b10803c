using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Running;
using Memory.Benchmarks.Load;
using Memory.Benchmarks.Micro;
using Memory.Benchmarks.Processes;
using Memory.Benchmarks.Texts;
using Memory.Benchmarks.Transfer;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var memories = new Option<int>("--memories") { Description = "How many memories the database holds; promises are made for 10,000, 100,000 and 1,000,000.", DefaultValueFactory = static _ => 10_000 };
var text = new Option<TextKind>("--text") { Description = "Ordinary sentences, or words that no table of embeddings knows: the worst case.", DefaultValueFactory = static _ => TextKind.Real };
var encoded = new Option<bool>("--encoded") { Description = "The sentence encoder reads every memory first, as a server does over minutes or hours: each recall then has a second look." };
var quick = new Option<bool>("--quick") { Description = "A tenth of the repetitions: to see that it works, not to quote." };
memories.Validators.Add(static given =>
{
    if (given.GetValueOrDefault<int>() < 1)
    {
        given.AddError("--memories must be at least 1.");
    }
});
var processes = new Command("processes", "Publish the server and measure whole processes over stdio; prints a Markdown table.") { memories, text, encoded, quick };
processes.SetAction((parsed, cancellation) =>
    ProcessBenchmark.RunAsync(parsed.GetValue(memories), parsed.GetValue(text), parsed.GetValue(encoded), parsed.GetValue(quick), cancellation));

var consolidation = new Command("consolidation", "How long consolidation takes, and what others wait meanwhile; prints a Markdown table.") { memories, text };
consolidation.SetAction((parsed, _) => ConsolidationRows.RunAsync(parsed.GetValue(memories), parsed.GetValue(text)));

var atFirst = new Option<int>("--memories") { Description = "How many memories the store holds at first; promises are made for 50,000.", DefaultValueFactory = static _ => 50_000 };
var seconds = new Option<int>("--seconds") { Description = "How long recalls and stores are watched together; the other phases take seven tenths of it more. Promises are made for 300.", DefaultValueFactory = static _ => 300 };
var connections = new Option<int>("--connections") { Description = "How many connections.", DefaultValueFactory = static _ => 32 };
var program = new Option<string?>("--server") { Description = "Measure this executable instead of publishing one." };
var onlyNoise = new Option<bool>("--only-noise") { Description = "Measure only what a noisy key costs a quiet one, which takes three tenths of the time." };
var load = new Command("load", "Publish the server and put one HTTP process under load: recalls, stores, consolidation, a noisy key; prints a Markdown table.") { atFirst, seconds, connections, program, onlyNoise };
load.SetAction((parsed, cancellation) =>
    new LoadBenchmark(parsed.GetValue(atFirst), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(connections), parsed.GetValue(program), parsed.GetValue(onlyNoise)).RunAsync(cancellation));

var lines = new Option<int>("--lines") { Description = "How many JSON lines; a promise is made for 100,000.", DefaultValueFactory = static _ => 100_000 };
lines.Validators.Add(static given =>
{
    if (given.GetValueOrDefault<int>() < 1)
    {
        given.AddError("--lines must be at least 1.");
    }
});
var import = new Command("import", "Publish the server and import an export of so many lines; prints a Markdown table, and ends with 1 when it takes a minute or more.") { lines, program };
import.SetAction((parsed, cancellation) => ImportBenchmark.RunAsync(parsed.GetValue(lines), parsed.GetValue(program), cancellation));

var rest = new Argument<string[]>("arguments") { Description = "What BenchmarkDotNet takes, such as --filter '*'.", Arity = ArgumentArity.ZeroOrMore };
var micro = new Command("micro", "The hot paths inside one process, by BenchmarkDotNet.") { rest };
micro.TreatUnmatchedTokensAsErrors = false;
micro.SetAction(parsed =>
{
    string[] given = [.. parsed.GetValue(rest) ?? [], .. parsed.UnmatchedTokens];
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(given.Length == 0 ? ["--filter", "*"] : given);
});

return await new RootCommand("Benchmarks of the memory server.") { processes, consolidation, load, import, micro }.Parse(args).InvokeAsync();
