using Memory.Core.Memories;
using Memory.Server.Resources;

namespace Memory.Server.Tests.Resources;

public sealed class MemoryUriTests
{
    [Theory]
    [InlineData("memory://default/0123456789ab", "default", "0123456789ab", "memory://default/0123456789ab")]
    [InlineData("MEMORY://default/0123456789AB", "default", "0123456789ab", "memory://default/0123456789ab")]
    [InlineData("memory://a.b-c_d/snapshot", "a.b-c_d", null, "memory://a.b-c_d/snapshot")]
    [InlineData("memory://default/digest", "default", null, "memory://default/digest")]
    public void TryParse_of_an_address_yields_its_parts(string text, string ns, string? id, string canonical)
    {
        MemoryUri.TryParse(text, out var uri).ShouldBeTrue();

        uri.Namespace.Value.ShouldBe(ns);
        (uri.Id is { } found ? found.Value : null).ShouldBe(id);
        uri.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("memory://")]
    [InlineData("memory://default")]
    [InlineData("memory://default/")]
    [InlineData("memory:///snapshot")]
    [InlineData("memory://default/snapshot/")]
    [InlineData("memory://default/snapshot?x=1")]
    [InlineData("memory://default/Snapshot")]
    [InlineData("memory://default/0123456789abc")]
    [InlineData("memory://../0123456789ab")]
    [InlineData("memory://DEFAULT/snapshot")]
    [InlineData("http://default/snapshot")]
    public void TryParse_of_anything_else_fails(string? text) => MemoryUri.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_id_has_an_address_that_leads_back_to_it()
    {
        var id = MemoryId.New(new Random(7));

        MemoryUri.TryParse(new MemoryUri(Namespace.Default, id, null).ToString(), out var uri).ShouldBeTrue();

        uri.ShouldBe(new MemoryUri(Namespace.Default, id, null));
    }
}
