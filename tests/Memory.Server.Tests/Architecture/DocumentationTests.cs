using System.Xml.Linq;

namespace Memory.Server.Tests.Architecture;

/// <summary>What the XML documentation that the build makes must keep to.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Nothing_has_two_summaries_of_which_a_reader_would_see_one()
    {
        var members = Directory.EnumerateFiles(AppContext.BaseDirectory, "Memory.*.xml").SelectMany(static f => XDocument.Load(f).Descendants("member")).ToArray();

        members.Length.ShouldBeGreaterThan(500);
        members.Where(static m => m.Elements("summary").Count() > 1).Select(static m => m.Attribute("name")!.Value).ShouldBeEmpty();
    }
}
