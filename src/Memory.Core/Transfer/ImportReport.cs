namespace Memory.Core.Transfer;

/// <summary>What became of an import.</summary>
/// <param name="Format">The format that was read.</param>
/// <param name="Read">How many lines, entries or files were read.</param>
/// <param name="Imported">How many memories are new in the store.</param>
/// <param name="Updated">How many memories that were there were changed: edited in a Markdown file, or said again.</param>
/// <param name="Present">How many were there already and say nothing that is not there.</param>
/// <param name="Screened">How many, runs and lines of journals among them, had a credential redacted or invisible characters taken out.</param>
/// <param name="Rejected">How many were not taken.</param>
/// <param name="Rejections">The first thousand of those, with the reasons.</param>
/// <param name="LeftOut">What was left out of entries and files that were taken otherwise, with the reasons: fields without a meaning here, tags too long or too many.</param>
public sealed record ImportReport(
    ImportFormat Format, int Read, int Imported, int Updated, int Present, int Screened, int Rejected, IReadOnlyList<Rejection> Rejections, IReadOnlyList<Rejection> LeftOut);

/// <summary>What of an import was not taken, and why.</summary>
/// <param name="Place">Where it stands: <c>line 12</c>, <c>entry 3</c>, the name of a file; without what the eye does not see and a terminal obeys.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record Rejection(string Place, string Reason);

/// <summary>How far an import has come.</summary>
/// <param name="Read">How many lines, entries or files were read.</param>
/// <param name="Share">Which share of the source, from 0 to 1.</param>
public readonly record struct ImportProgress(int Read, double Share);

/// <summary>What can be imported.</summary>
public enum ImportFormat
{
    /// <summary>An export of this server as JSON lines: complete.</summary>
    Jsonl,

    /// <summary>A folder of Markdown files with front matter, as this server exports them.</summary>
    Markdown,

    /// <summary>The JSON lines of the MCP reference memory server: entities with observations, relations.</summary>
    McpMemory,

    /// <summary>A JSON export of mcp-memory-service.</summary>
    McpMemoryService,

    /// <summary>A folder of notes of basic-memory.</summary>
    BasicMemory,

    /// <summary>A JSON export of mem0.</summary>
    Mem0,

    /// <summary>A text with one memory a line, as ChatGPT and Claude list what they remember.</summary>
    List,
}
