using System.CommandLine;
using System.Globalization;
using Memory.Evaluation;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var data = new Option<string>("--data") { Description = "The folder with memories.jsonl and queries.jsonl.", DefaultValueFactory = static _ => DataSet.OwnFolder };
var perQuery = new Option<string?>("--per-query") { Description = "Write a JSON line for each question here, with the ranks found." };
var ablation = new Option<bool>("--ablation") { Description = "Also measure recall with each signal removed in turn." };
var baseline = new Option<string?>("--baseline") { Description = $"Fail (exit code 1) when recall@10 is more than {BaselineFile.Tolerance} below the one in this file." };
var writeBaseline = new Option<string?>("--write-baseline") { Description = "Write the recall@10 measured to this file." };

var recall = new Command("recall", "Store a data set, ask its questions, print how well recall found the answers.") { data, perQuery, ablation, baseline, writeBaseline };
recall.SetAction((parsed, cancellation) => RecallCommand.RunAsync(
    new RecallCommand.Arguments(
        parsed.GetValue(data)!, parsed.GetValue(perQuery), parsed.GetValue(ablation), parsed.GetValue(baseline), parsed.GetValue(writeBaseline)),
    Console.Out,
    cancellation));

try
{
    return await new RootCommand("Evaluation of the memory server.") { recall }.Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is InvalidDataException or IOException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}
