namespace Memory.Core.Transfer.Formats;

/// <summary>A relation of a note of basic-memory to another: <c>- depends_on [[Target]] #tag (context)</c>.</summary>
/// <param name="Name">What the note has to do with the other.</param>
/// <param name="Target">The other.</param>
/// <param name="Context">When or why, in parentheses; empty when nothing is said of it.</param>
/// <param name="Tags">The tags that stand behind it.</param>
internal sealed record BasicMemoryRelation(string Name, string Target, string Context, IReadOnlyList<string> Tags)
{
    /// <summary>Reads a line; <see langword="null"/> when it is no relation.</summary>
    public static BasicMemoryRelation? Read(string line)
    {
        var open = line.IndexOf("[[", StringComparison.Ordinal);
        var close = open < 0 ? -1 : line.IndexOf("]]", open, StringComparison.Ordinal);
        if (line.Length < 2 || line[0] is not ('-' or '*') || line[1] != ' ' || close <= open + 2)
        {
            return null;
        }

        // Only a bullet that is nothing but the relation: a link within an observation or a sentence is part of it.
        var tags = BasicMemoryTags.Of(line[(close + 2)..], out var context);
        var name = line[2..open].Trim().Trim('"');
        if (name.StartsWith('[') || (context.Length > 0 && context is not ['(', .., ')']))
        {
            return null;
        }

        // '[[Page|as it is called here]]'; a relation without a name is how basic-memory writes that two notes have to do with each other.
        return new BasicMemoryRelation(name.Length == 0 ? "relates to" : name.Replace('_', ' '), line[(open + 2)..close].Split('|')[0].Trim(), context, tags);
    }

    /// <summary>The relation as a statement about the note that has it.</summary>
    public string Of(string title) => Context.Length == 0 ? $"{title} {Name} {Target}." : $"{title} {Name} {Target} {Context}.";
}
