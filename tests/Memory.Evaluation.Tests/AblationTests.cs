using Memory.Core.Embeddings;
using Memory.Core.Recall;

namespace Memory.Evaluation.Tests;

public sealed class AblationTests
{
    [Fact]
    public async Task Run_measures_every_signal_that_can_decide_and_names_those_that_cannot()
    {
        await using var stored = await StoredDataSet.StoreAsync(DataSet.Read(DataSet.OwnFolder), new EmbeddingSource(StaticEmbedder.DefaultPath), CancellationToken.None);
        var full = Figures.Of(await RecallEvaluation.RunAsync(stored, RecallOptions.Default, CancellationToken.None));

        var table = (await Ablation.RunAsync(stored, CancellationToken.None)).Split('\n');

        table.ShouldContain($"| **full** | {full.RecallAt5:F3} | {full.RecallAt10:F3} | {full.RecallAt20:F3} | {full.Mrr:F3} |");
        foreach (var (name, _, _) in Ablation.Variations.Where(static v => v.Of is null))
        {
            table.Where(row => row.StartsWith($"| {name} |", StringComparison.Ordinal)).ShouldHaveSingleItem();
        }

        // Taken out, a signal that this set needs is missed.
        table.Single(static row => row.Contains("without the texts' meaning")).ShouldContain("(-0.0");
        table.ShouldContain(static row => row.StartsWith("Not measured", StringComparison.Ordinal) && row.Contains("without importance"));
        table.ShouldNotContain(static row => row.StartsWith("| without importance", StringComparison.Ordinal));
    }

    [Fact]
    public void Variations_change_the_defaults_each_in_its_own_way()
    {
        var changed = Ablation.Variations.Select(static v => v.Change(RecallOptions.Default)).ToList();

        changed.ShouldNotContain(RecallOptions.Default);
        changed.ShouldBeUnique();
    }
}
