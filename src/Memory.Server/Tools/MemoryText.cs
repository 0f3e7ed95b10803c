using System.Globalization;
using System.Text;

namespace Memory.Server.Tools;

/// <summary>A memory in one line for a model to read: id, statement, then in brackets what it needs to judge it.</summary>
internal static class MemoryText
{
    public static string Line(RecallTool.RecalledItem item)
    {
        var line = new StringBuilder()
            .Append('[').Append(item.Id).Append("] ").Append(item.Content)
            .Append(CultureInfo.InvariantCulture, $" ({item.Kind}, confidence {item.Confidence:0.00}, {item.When[..10]}, from {item.Source}");
        if (item.State != "active")
        {
            line.Append(", ").Append(item.State.ToUpperInvariant());
        }

        foreach (var tag in item.Tags)
        {
            line.Append(", #").Append(tag);
        }

        foreach (var link in item.Lineage ?? [])
        {
            line.Append("; ").Append(link.Relation.Replace('_', ' ')).Append(' ').Append(link.Id);
        }

        return line.Append(')').ToString();
    }
}
