using Memory.Core.Memories;
using Memory.Onnx.Models;

namespace Memory.Onnx.Tests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private const string Good = """
        {"models":[{"name":"tiny","base":"https://example.org/tiny/","files":[{"name":"model.onnx","bytes":3,"sha256":"HASH"}]}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_catalogue_that_is_shipped_is_right()
    {
        var shipped = ModelCatalog.Load(Path.Combine(AppContext.BaseDirectory, "data", "models", "catalog.json"));

        shipped.Problem.ShouldBeNull();
        shipped.Value!.Models.ShouldAllBe(static m => m.Licence != null && m.Base.Scheme == "https" && m.Files.Any(static f => f.Name == "model.onnx"));
    }

    [Fact]
    public void A_model_is_found_by_its_name()
    {
        var catalog = Load(Good).Value.ShouldNotBeNull();

        catalog.Find("tiny").Value.ShouldNotBeNull().Files.ShouldHaveSingleItem().Bytes.ShouldBe(3);
        catalog.Find("huge").Problem.ShouldNotBeNull().Message.ShouldContain("it has tiny");
        catalog.Find("../tiny").Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Invalid);
    }

    [Theory]
    [InlineData("\"tiny\"", "\"../tiny\"", "a name has")]
    [InlineData("\"model.onnx\"", "\"a/model.onnx\"", "no name of a file")]
    [InlineData("https:", "http:", "must be https")]
    [InlineData("https:", "file:", "must be https")]
    [InlineData("\"name\":\"model.onnx\"", "\"name\":\"model.onnx\",\"from\":\"http://example.org/x\"", "same host")]
    [InlineData("\"name\":\"model.onnx\"", "\"name\":\"model.onnx\",\"from\":\"//example.com/x\"", "same host")]
    [InlineData("HASH", "HASH0", "64 hexadecimal")]
    [InlineData("\"bytes\":3", "\"bytes\":0", "bytes")]
    [InlineData("\"sha256\"", "\"md5\"", "64 hexadecimal")]
    public void A_wrong_entry_is_refused_with_the_reason(string right, string wrong, string said)
    {
        var problem = Load(Good.Replace(right, wrong)).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe(ProblemCode.Invalid);
        problem.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"models":[null]}""")]
    public void A_file_that_is_no_catalogue_is_refused(string json) => Load(json).Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Invalid);

    [Fact]
    public void A_catalogue_that_does_not_exist_is_named() => ModelCatalog.Load(_folder.File("none.json")).Problem.ShouldNotBeNull().Message.ShouldContain("none.json");

    private Outcome<ModelCatalog> Load(string json)
    {
        File.WriteAllText(_folder.File("catalog.json"), json.Replace("HASH", new string('a', 64)));
        return ModelCatalog.Load(_folder.File("catalog.json"));
    }
}
