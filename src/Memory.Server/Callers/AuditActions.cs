using System.Text.Json;
using Memory.Server.Prompts;

namespace Memory.Server.Callers;

/// <summary>What the audit log can say that somebody did: the name of each tool, prompt, route and command that is noted.</summary>
internal static class AuditActions
{
    /// <summary>A consolidation that only planned.</summary>
    public const string Plan = "plan";

    private const string Consolidate = "consolidate";
    private const string Undo = "undo";

    private static readonly string[] Others =
    [
        // What the one tool does besides consolidating.
        Plan, Undo,
        // Over MCP, besides the tools.
        "read resource", "complete tags", $"prompt {PromptCatalog.RecallContext}", $"prompt {PromptCatalog.SaveSession}",
        // Over HTTP.
        "authenticate", "list", "show", "runs", "run", "job", "job result", "job events", "cancel job", "audit", "keys",
        // On the command line.
        "export", "import", "backup", "restore", "doctor --repair", "keys create", "keys list", "keys rotate", "keys revoke",
    ];

    /// <summary>All of them.</summary>
    /// <param name="tools">The names of the tools.</param>
    public static string[] All(IEnumerable<string> tools) => [.. tools, .. Others];

    /// <summary>What a call of a tool is: its name, but to undo a run or to plan one is not to consolidate.</summary>
    /// <param name="tool">The name of the tool.</param>
    /// <param name="arguments">What the caller gave, unchecked.</param>
    public static string Of(string tool, IReadOnlyDictionary<string, JsonElement> arguments) =>
        tool != Consolidate ? tool
        : arguments.TryGetValue("undo_run", out var run) && run.ValueKind != JsonValueKind.Null ? Undo
        : arguments.TryGetValue("dry_run", out var only) && only.ValueKind == JsonValueKind.True ? Plan
        : Consolidate;
}
