using CsCheck;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Embeddings;

public sealed class ModelFileTests
{
    private const string Magic = "MEMTEST1";

    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(static i => (byte)i)];

    [Fact]
    public void Open_of_what_Wrap_made_gives_the_content()
    {
        var opened = Open(ModelFile.Wrap(Magic, Content));

        new ContentReader(opened.Value.Content).Bytes(Content.Length).ShouldBe(Content);
        opened.Value.Version.Length.ShouldBe(32);
    }

    [Fact]
    public void Version_of_other_content_differs() =>
        Open(ModelFile.Wrap(Magic, Content)).Value.Version
            .ShouldNotBe(Open(ModelFile.Wrap(Magic, [.. Content, 1])).Value.Version);

    [Fact]
    public void Open_with_any_bit_flipped_is_a_problem() =>
        Gen.Select(Gen.Int[0, Content.Length + 31], Gen.Int[0, 7]).Sample(static (position, bit) =>
        {
            var file = ModelFile.Wrap(Magic, Content);
            file[position] ^= (byte)(1 << bit);
            return Open(file).Problem?.Code == ProblemCode.ModelUnavailable;
        });

    [Fact]
    public void Open_of_any_part_is_a_problem() =>
        Gen.Int[0, Content.Length + 31].Sample(static length => !Open(ModelFile.Wrap(Magic, Content)[..length]).Succeeded);

    [Fact]
    public void Open_with_more_after_the_end_is_a_problem() =>
        Open([.. ModelFile.Wrap(Magic, Content), 0]).Problem!.Message.ShouldContain("should hold 100 bytes");

    [Fact]
    public void Read_of_a_missing_file_is_a_problem_that_names_it()
    {
        using var folder = new TemporaryFolder();

        var problem = ModelFile.Read(folder.File("none.bin"), Magic).Problem!;

        problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        problem.Message.ShouldContain("none.bin");
        problem.Message.ShouldContain("does not exist");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere/none.bin")]
    [InlineData("\0")]
    [InlineData(".")]
    public void Read_of_a_path_that_is_no_file_is_a_problem(string path) => ModelFile.Read(path, Magic).Problem!.Code.ShouldBe(ProblemCode.ModelUnavailable);

    [Fact]
    public void Read_of_an_empty_file_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("empty.bin"), []);

        ModelFile.Read(folder.File("empty.bin"), Magic).Problem!.Message.ShouldContain("0 bytes");
    }

    [Fact]
    public void Read_gives_the_content_though_the_file_is_replaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.bin");
        File.WriteAllBytes(path, ModelFile.Wrap(Magic, Content));

        using var content = ModelFile.Read(path, Magic).Value.Content;
        File.WriteAllBytes(folder.File("newer.bin"), ModelFile.Wrap(Magic, [1]));
        File.Move(folder.File("newer.bin"), path, overwrite: true);

        new ContentReader(content).Bytes(Content.Length).ShouldBe(Content);
        Should.Throw<InvalidDataException>(() => content.CopyTo(Content.Length - 1, new byte[2]));
    }

    private static Outcome<ModelFile.Checked> Open(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return ModelFile.Open("file", stream, Magic);
    }
}
