using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Memory.Core.Memories;
using Memory.Onnx.Models;

namespace Memory.Server.Commands;

/// <summary><c>models list</c> and <c>models pull NAME</c>: the embedding models that can be downloaded. Only <c>pull</c> calls the network.</summary>
internal static class ModelsCommand
{
    /// <summary>The command as it is typed. Loads nothing of what it will run.</summary>
    public static Command Create(Option<bool> json)
    {
        var catalog = new Option<string>("--catalog") { Description = "A catalogue of models of your own, a JSON file. Default: the one beside the program." };
        var name = new Argument<string>("name") { Description = "The name of a model, as 'models list' shows it." };
        name.CompletionSources.Add(static _ => Names());

        var list = new Command("list", "List the models of the catalogue, and which are on this machine.") { catalog, json };
        list.SetAction((parsed, _) => ListAsync(CatalogPath(parsed.GetValue(catalog)), UserData.Models, parsed.GetValue(json), Console.Out, Console.Error));

        var pull = new Command("pull", "Download a model into the user's data directory. Continues a download that broke off, and checks SHA-256.") { name, catalog, json };
        pull.SetAction((parsed, cancellation) => PullAsync(parsed.GetRequiredValue(name), CatalogPath(parsed.GetValue(catalog)), UserData.Models, parsed.GetValue(json), Console.Out, Console.Error, cancellation));

        return new Command("models", "Embedding models for 'onnx:NAME': list them, download one.") { list, pull };
    }

    /// <summary>Prints a table of the models: name, whether it is here, size, licence, description. What the owner put there himself works as well, and is named.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static async Task<int> ListAsync(string catalogPath, string? models, bool json, TextWriter stdout, TextWriter stderr)
    {
        var catalog = ModelCatalog.Load(catalogPath);
        if (!catalog.Succeeded)
        {
            return await FailAsync(catalog.Problem, json, stdout, stderr);
        }

        var known = catalog.Value.Models.Select(static m => m.Name).ToHashSet(StringComparer.Ordinal);
        var folders = Directory.Exists(models) ? Directory.GetDirectories(models) : [];
        ModelOutput[] shown =
        [
            .. catalog.Value.Models.Select(m => new ModelOutput(
                m.Name, models is not null && m.Files.All(f => File.Exists(Path.Combine(models, m.Name, f.Name))), InCatalogue: true, m.Files.Sum(static f => f.Bytes), m.Licence, m.Description)),
            .. folders.Select(static f => Path.GetFileName(f)).Where(n => !known.Contains(n)).Order(StringComparer.Ordinal).Select(static n => new ModelOutput(n, Pulled: true, InCatalogue: false, null, null, null)),
        ];
        if (json)
        {
            await stdout.WriteLineAsync(JsonSerializer.Serialize(shown, CommandJson.Default.ModelOutputArray));
            return ExitCodes.Done;
        }

        Screenful.Table(
            ["model", "here", "size", "licence", "what it is"],
            shown.Select(static m => (IReadOnlyList<string>)(m.InCatalogue
                ? [m.Name, m.Pulled ? "pulled" : "not pulled", $"{m.Bytes / 1e6:0.#} MB", m.Licence ?? "", m.Description ?? ""]
                : [m.Name, "pulled", "", "", "not in the catalogue"])),
            stdout);
        return ExitCodes.Done;
    }

    /// <summary>Downloads a model; prints its folder on stdout, how far it is on stderr.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static async Task<int> PullAsync(
        string name, string catalogPath, string? models, bool json, TextWriter stdout, TextWriter stderr, CancellationToken cancellationToken)
    {
        if (models is null)
        {
            return await FailAsync(new Problem(ProblemCode.StoreUnavailable, "This user has no data directory to put a model into."), json, stdout, stderr);
        }

        var catalog = ModelCatalog.Load(catalogPath);
        if (!catalog.Succeeded)
        {
            return await FailAsync(catalog.Problem, json, stdout, stderr);
        }

        var model = catalog.Value.Find(name);
        if (!model.Succeeded)
        {
            return await FailAsync(model.Problem, json, stdout, stderr);
        }

        await stderr.WriteLineAsync(TerminalText.Of($"{name} ({model.Value.Licence}) from {model.Value.Base}"));
        using var download = new ModelDownload(TimeProvider.System);
        var pulled = await download.PullAsync(model.Value, models, new TenthsReport(stderr), cancellationToken);
        if (!pulled.Succeeded)
        {
            return await FailAsync(pulled.Problem, json, stdout, stderr);
        }

        await stdout.WriteLineAsync(json ? JsonSerializer.Serialize(new PulledModel(name, pulled.Value), CommandJson.Default.PulledModel) : pulled.Value);
        return ExitCodes.Done;
    }

    private static string CatalogPath(string? given) => given ?? Path.Combine(AppContext.BaseDirectory, "data", "models", "catalog.json");

    private static async Task<int> FailAsync(Problem problem, bool json, TextWriter stdout, TextWriter stderr)
    {
        await stderr.WriteLineAsync(TerminalText.Of(problem.Message));
        if (json)
        {
            await stdout.WriteLineAsync(JsonSerializer.Serialize(Failure.Output(problem), CommandJson.Default.FailureOutput));
        }

        return ExitCodes.Of(problem);
    }

    // A catalogue that cannot be read completes nothing; 'models list' says why.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string[] Names() => ModelCatalog.Load(CatalogPath(null)) is { Succeeded: true } catalog ? [.. catalog.Value.Models.Select(static m => m.Name)] : [];

    // A line for each tenth of a file: enough to see it move, in a log as well as on a terminal.
    private sealed class TenthsReport(TextWriter output) : IProgress<DownloadProgress>
    {
        private (string File, long Tenth) _last;

        public void Report(DownloadProgress value)
        {
            var now = (value.File, value.Bytes * 10 / value.Total);
            if (now != _last)
            {
                _last = now;
                output.WriteLine(TerminalText.Of($"{value.File}: {value.Bytes / 1e6:0.0} of {value.Total / 1e6:0.0} MB"));
            }
        }
    }
}
