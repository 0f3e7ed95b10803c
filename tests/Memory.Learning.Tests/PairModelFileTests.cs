using System.Text;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Learning.Tests;

public sealed class PairModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_shipped_file_gives_a_model() => PairModelFile.Load(PairModelFile.DefaultPath).Succeeded.ShouldBeTrue();

    [Fact]
    public void Load_missing_file_is_a_problem_and_rules_decide()
    {
        var decision = new PairDecision(PairModelFile.Load(Path.Combine(_folder.Path, "none.bin")), null, null);

        decision.RulesOnlyBecause.ShouldNotBeNull().ShouldContain("does not exist");
        decision.Decide(decision.Read("The lamp is red.", MemoryKind.Fact, DateTimeOffset.UnixEpoch), decision.Read("the lamp is red", MemoryKind.Fact, DateTimeOffset.UnixEpoch))
            .Relation.ShouldBe(PairRelation.Duplicate);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(5_000)]
    public void Load_flipped_byte_is_a_problem(int at)
    {
        var bytes = File.ReadAllBytes(PairModelFile.DefaultPath);
        bytes[at] ^= 0x40;

        Load(bytes).ShouldContain("damaged");
    }

    [Fact]
    public void Load_truncated_file_is_a_problem() => Load(File.ReadAllBytes(PairModelFile.DefaultPath)[..2_000]).ShouldContain("damaged");

    [Fact]
    public void Load_sound_envelope_around_no_model_is_a_problem()
    {
        var header = Header(["token jaccard"]);

        Load(ModelFile.Wrap(PairModelFile.Magic, [.. BitConverter.GetBytes(header.Length), .. header])).ShouldContain("another version");
        Load(ModelFile.Wrap(PairModelFile.Magic, [1, 2, 3])).ShouldContain("damaged");
        header = Header([.. PairFeatures.Names]);
        Load(ModelFile.Wrap(PairModelFile.Magic, [.. BitConverter.GetBytes(header.Length), .. header, 1, 2, 3])).ShouldContain("damaged");
    }

    private static byte[] Header(string[] features) => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(
        new PairModelFile.Header(features, Enum.GetNames<PairRelation>(), "network", new PairThresholds(0.5, 0.5)), HeaderJson.Default.Header));

    private string Load(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "model.bin");
        File.WriteAllBytes(path, bytes);
        var loaded = PairModelFile.Load(path);
        loaded.Succeeded.ShouldBeFalse();
        loaded.Problem!.Code.ShouldBe(ProblemCode.ModelUnavailable);
        return loaded.Problem.Message;
    }
}
