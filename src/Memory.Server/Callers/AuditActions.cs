using Memory.Server.Prompts;

namespace Memory.Server.Callers;

/// <summary>What the audit log can say that somebody did: the name of each tool, prompt, route and command that is noted.</summary>
internal static class AuditActions
{
    private static readonly string[] Others =
    [
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
}
