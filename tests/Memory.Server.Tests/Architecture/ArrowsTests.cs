using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Memory.Core.Storage;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Memory.Server.Tests.Architecture;

/// <summary>Dependencies point one way: Server to Onnx and Core, Onnx to Core; in Core, down to the words.</summary>
public sealed class ArrowsTests
{
    private static readonly System.Reflection.Assembly Core = typeof(IMemoryStore).Assembly;
    private static readonly System.Reflection.Assembly Server = typeof(ServerComposition).Assembly;

    private static readonly System.Reflection.Assembly Onnx = typeof(Memory.Onnx.OnnxEmbedder).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Core, Server, Onnx).Build();

    public static TheoryData<string, string> Forbidden => new()
    {
        { "Memories", "Remote|Entities|Storage|Confidence|Recall|Operations|Consolidation" },
        { "Screening", "Remote|Entities|Embeddings|Storage|Confidence|Recall|Operations|Consolidation" },
        { "Entities", "Storage|Confidence|Recall|Operations|Consolidation" },
        { "Recall\\.Time", "Storage|Confidence|Operations|Consolidation" },
        { "Remote", "Entities|Embeddings|Storage|Confidence|Recall|Operations|Consolidation" },
        { "Storage", "Confidence|Recall|Operations|Consolidation" },
        { "Embeddings", "Confidence|Recall|Operations|Consolidation" },
        { "Confidence", "Storage|Recall|Operations|Consolidation" },
        { "Recall", "Operations|Consolidation" },
        { "Operations", "Recall|Consolidation" },
        { "Consolidation", "Operations" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Folder_does_not_depend_on_those_above_it(string folder, string above) =>
        Types().That().ResideInNamespaceMatching($@"^Memory\.Core\.{folder}(\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^Memory\.Core\.({above})(\..*)?$"))
            .Check(Loaded);

    [Fact]
    public void Core_knows_no_protocol_no_scheduler_and_no_host()
    {
        var references = Core.GetReferencedAssemblies().Select(static a => a.Name!).ToArray();

        references.ShouldNotBeEmpty();
        references.ShouldAllBe(static name => name.StartsWith("System", StringComparison.Ordinal) || name == "Microsoft.Data.Sqlite" || name == "Polly.Core"
            || name == "Microsoft.Extensions.Logging.Abstractions" || name == "Microsoft.Extensions.AI.Abstractions" || name == "Microsoft.ML.Tokenizers"
            || name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal));
    }

    [Fact]
    public void Onnx_knows_Core_and_no_server()
    {
        var ours = Onnx.GetReferencedAssemblies().Select(static a => a.Name!).Where(static name => name.StartsWith("Memory.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("memory-", StringComparison.Ordinal));

        ours.ShouldBe(["Memory.Core"]);
    }

    [Fact]
    public void The_server_knows_the_ONNX_runtime_only_through_its_project()
    {
        var references = Server.GetReferencedAssemblies().Select(static a => a.Name!).ToArray();

        references.ShouldContain("Memory.Onnx");
        references.ShouldNotContain(static name => name.Contains("OnnxRuntime", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_guard_of_remote_services_knows_Polly() =>
        Types().That().DoNotResideInNamespaceMatching(@"^Memory\.Core\.Remote$").And().ResideInNamespaceMatching(@"^Memory\.")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching("^Polly"))
            .Check(Loaded);

    [Fact]
    public void Only_the_SQLite_store_knows_SQLite() =>
        Types().That().DoNotResideInNamespaceMatching(@"^Memory\.Core\.Storage\.Sqlite$").And().ResideInNamespaceMatching(@"^Memory\.")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching("^(Microsoft.Data.Sqlite|SQLitePCL)"))
            .Check(Loaded);

    [Fact]
    public void Only_the_composition_names_the_SQLite_store() =>
        Types().That().DoNotResideInNamespaceMatching(@"^Memory\.Core\.Storage\.Sqlite$").And().DoNotHaveName(nameof(ServerComposition)).And().ResideInNamespaceMatching(@"^Memory\.")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Memory\.Core\.Storage\.Sqlite$"))
            .Check(Loaded);
}
