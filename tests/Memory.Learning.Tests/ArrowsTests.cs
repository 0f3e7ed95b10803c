namespace Memory.Learning.Tests;

public sealed class ArrowsTests
{
    [Fact]
    public void Learning_knows_Core_and_no_server()
    {
        var ours = typeof(PairModelFile).Assembly.GetReferencedAssemblies().Select(static a => a.Name!)
            .Where(static name => name.StartsWith("Memory.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("memory-", StringComparison.Ordinal));

        ours.ShouldBe(["Memory.Core"]);
    }
}
