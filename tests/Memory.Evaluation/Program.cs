using System.CommandLine;
using System.Globalization;
using Memory.Evaluation;
using Memory.Evaluation.World;
using Memory.Server.Embeddings;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var data = new Option<string>("--data") { Description = "The folder with memories.jsonl and queries.jsonl.", DefaultValueFactory = static _ => DataSet.OwnFolder };
var embeddings = new Option<string>("--embeddings") { Description = "static, onnx:NAME or openai:URL#MODEL, as for the server.", DefaultValueFactory = static _ => EmbeddingProviders.Static };
var perQuery = new Option<string?>("--per-query") { Description = "Write a JSON line for each question here, with the ranks found." };
var ablation = new Option<bool>("--ablation") { Description = "Also measure recall with each signal removed in turn." };
var baseline = new Option<string?>("--baseline") { Description = $"Fail (exit code 1) when recall@10 is more than {BaselineFile.Tolerance} below the one in this file." };
var writeBaseline = new Option<string?>("--write-baseline") { Description = "Write the recall@10 measured to this file." };

var recall = new Command("recall", "Store a data set, ask its questions, print how well recall found the answers.") { data, embeddings, perQuery, ablation, baseline, writeBaseline };
recall.SetAction((parsed, cancellation) => RecallCommand.RunAsync(
    new RecallCommand.Arguments(
        parsed.GetValue(data)!, parsed.GetValue(embeddings)!, parsed.GetValue(perQuery), parsed.GetValue(ablation), parsed.GetValue(baseline), parsed.GetValue(writeBaseline)),
    Console.Out,
    cancellation));

var seeds = new Option<int[]>("--seed")
{
    Description = "The seed of a world; several are measured one after the other.", DefaultValueFactory = static _ => [1, 2, 3], AllowMultipleArgumentsPerToken = true,
};
var size = new Option<string>("--size") { Description = "small or full.", DefaultValueFactory = static _ => WorldSize.Small.Name };
size.AcceptOnlyFromAmong([.. WorldSize.All.Select(static s => s.Name)]);
var nights = new Option<int>("--nights") { Description = "How many days are simulated, each with its night.", DefaultValueFactory = static _ => 90 };
nights.Validators.Add(static result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 1000)
    {
        result.AddError("--nights takes 1 to 1000.");
    }
});
var rulesOnly = new Option<bool>("--rules-only") { Description = "Judge pairs by rules, without the learned model: what the model is worth is the difference." };
var errors = new Option<bool>("--errors") { Description = "Also print each wrong merge, wrong supersession and wrong answer." };
var worldBaseline = new Option<string?>("--baseline") { Description = $"Fail (exit code 1) when a median is more than {WorldBaseline.Tolerance} worse than in this file, a fact is lost, or a second run changes anything." };
var writeWorldBaseline = new Option<string?>("--write-baseline") { Description = "Write the medians measured to this file." };

var world = new Command("world", "Simulate a world whose truth is known, consolidate it every night, print what that was worth.") { seeds, size, nights, rulesOnly, errors, worldBaseline, writeWorldBaseline };
world.SetAction((parsed, cancellation) => WorldCommand.RunAsync(
    new WorldCommand.Arguments(
        parsed.GetValue(seeds)!,
        WorldSize.All.Single(s => s.Name == parsed.GetValue(size)),
        parsed.GetValue(nights),
        parsed.GetValue(rulesOnly),
        parsed.GetValue(errors),
        parsed.GetValue(worldBaseline),
        parsed.GetValue(writeWorldBaseline)),
    Console.Out,
    cancellation));

try
{
    return await new RootCommand("Evaluation of the memory server.") { recall, world }.Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is InvalidDataException or IOException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}
