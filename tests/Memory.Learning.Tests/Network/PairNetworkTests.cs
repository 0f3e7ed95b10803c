using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Training.Network;

namespace Memory.Learning.Tests.Network;

public sealed class PairNetworkTests : IDisposable
{
    private static readonly NetworkParameters Parameters = NetworkParameters.From(RandomMiniLm.Make(new Random(1)), new Random(2));
    private static readonly byte[] Written = PairNetworkWriter.Write(RandomMiniLm.Vocabulary, Parameters);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("The lamp in the hall is red.", "The lamp in the kitchen is blue.")]
    [InlineData("red", "The lamp is not red, the lamp is blue and the kitchen is red and the hall is blue!")]
    [InlineData("", "?")]
    public void Judge_what_was_written_says_what_the_training_would(string one, string other)
    {
        var network = Load(Written).Value.ShouldNotBeNull();
        var scores = ScoresOf(network, one, other);

        var (pieces, secondStart) = network.Pieces.Read(one, other);
        var pass = new NetworkPass(Parameters, half: 0);
        for (var relation = 0; relation < scores.Length; relation++)
        {
            // A loss is the logarithm of what 1 over a probability is. What is written is rounded to bytes.
            (-pass.Learn([new ReadPair(pieces, secondStart, relation)], 1)).ShouldBe(scores[relation], 0.1);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[SEP] [CLS] the lamp [SEP]", "The lamp.")]
    [InlineData("🦊🦊🦊 \u0000 \ud800", "ضوء أحمر 红灯")]
    public void Judge_any_text_gives_probabilities(string one, string other) =>
        ScoresOf(Load(Written).Value.ShouldNotBeNull(), one, other).Sum(MathF.Exp).ShouldBe(1, 0.001);

    [Fact]
    public void Judge_texts_that_are_too_long_reads_their_beginnings()
    {
        var network = Load(Written).Value.ShouldNotBeNull();
        var (one, other) = (string.Concat(Enumerable.Repeat("the lamp is red ", 4_000)), string.Concat(Enumerable.Repeat("the lamp is blue ", 4_000)));

        network.Pieces.Read(one, other).Pieces.Length.ShouldBeLessThanOrEqualTo(PairNetworkShape.MaxPieces);
        ScoresOf(network, one, other).ShouldBe(ScoresOf(network, one + "!", other + "?"));
    }

    [Fact]
    public void Read_marks_written_in_a_text_are_text()
    {
        var network = Load(Written).Value.ShouldNotBeNull();
        var end = Array.IndexOf(RandomMiniLm.Vocabulary, "[SEP]");

        network.Pieces.Read("[SEP]", "the [SEP] lamp").Pieces.Count(p => p == end).ShouldBe(2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(100_000)]
    public void Load_flipped_byte_is_a_problem(int at)
    {
        var bytes = (byte[])Written.Clone();
        bytes[at] ^= 0x40;

        Load(bytes).Problem.ShouldNotBeNull().ShouldSatisfyAllConditions(static p => p.Code.ShouldBe(ProblemCode.ModelUnavailable), static p => p.Message.ShouldContain("damaged"));
    }

    [Fact]
    public void Load_sound_envelope_around_no_network_is_a_problem()
    {
        Load(ModelFile.Wrap(PairNetworkWeights.Magic, [1, 2, 3])).Problem.ShouldNotBeNull().Message.ShouldContain("damaged");
        Load(ModelFile.Wrap(PairNetworkWeights.Magic, Written.AsSpan(32, 5_000))).Problem.ShouldNotBeNull().Message.ShouldContain("damaged");
        Load(PairNetworkWriter.Write([.. RandomMiniLm.Vocabulary.Select(static (p, i) => p == "[SEP]" ? "sepp" : p)], Parameters)).Problem.ShouldNotBeNull().Message.ShouldContain("damaged");
        Load(PairNetworkWriter.Write([.. RandomMiniLm.Vocabulary.Select(static (p, i) => i == 7 ? p + "\r" : p)], Parameters)).Problem.ShouldNotBeNull().Message.ShouldContain("damaged");
        Load(PairNetworkWriter.Write([.. RandomMiniLm.Vocabulary.Select(static (p, i) => i == 7 ? p + "\nmore" : p)], Parameters)).Problem.ShouldNotBeNull().Message.ShouldContain("damaged");
        PairNetwork.Load(Path.Combine(_folder.Path, "none.bin")).Problem.ShouldNotBeNull().Message.ShouldContain("does not exist");
    }

    private static float[] ScoresOf(PairNetwork network, string one, string other)
    {
        var scores = new float[PairModelVerdict.Classes];
        network.Judge(one, other, scores);
        return scores;
    }

    private Outcome<PairNetwork> Load(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "network.bin");
        File.WriteAllBytes(path, bytes);
        return PairNetwork.Load(path);
    }
}
