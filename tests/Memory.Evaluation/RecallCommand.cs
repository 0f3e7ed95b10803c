using Memory.Core.Embeddings;
using Memory.Core.Recall;
using Memory.Server;
using Memory.Server.Embeddings;

namespace Memory.Evaluation;

/// <summary>The command <c>recall</c>.</summary>
internal static class RecallCommand
{
    public sealed record Arguments(string Data, string Embeddings, string? PerQuery, bool Ablation, string? Baseline, string? WriteBaseline);

    /// <returns>The exit code: 1 when recall fell below the baseline.</returns>
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var data = DataSet.Read(arguments.Data);
        await using var stored = await StoredDataSet.StoreAsync(data, Source(arguments.Embeddings), cancellationToken);
        var answers = await RecallEvaluation.RunAsync(stored, RecallOptions.Default, cancellationToken);
        await output.WriteLineAsync(RecallTable.Of(data, answers));
        if (arguments.PerQuery is { } perQuery)
        {
            await PerQueryFile.WriteAsync(perQuery, answers, cancellationToken);
        }

        if (arguments.Ablation)
        {
            await output.WriteLineAsync(await Ablation.RunAsync(stored, cancellationToken));
        }

        var found = Figures.Of(answers).RecallAt10;
        if (arguments.WriteBaseline is { } writeBaseline)
        {
            await BaselineFile.WriteAsync(writeBaseline, found, cancellationToken);
        }

        if (arguments.Baseline is not { } baseline)
        {
            return 0;
        }

        var (verdict, kept) = BaselineFile.Compare(await BaselineFile.ReadAsync(baseline, cancellationToken), found);
        await output.WriteLineAsync(verdict);
        return kept ? 0 : 1;
    }

    // As the server chooses.
    private static EmbeddingSource Source(string setting) => setting == EmbeddingProviders.Static
        ? new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath)
        : new EmbeddingSource(StaticEmbedder.DefaultPath, () => EmbeddingProviders.Create(setting, Environment.GetEnvironmentVariable, UserData.Models, TimeProvider.System));
}
