using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Memories;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary>One tool: its wording and schema, and one call into the library.</summary>
internal interface ITool
{
    /// <summary>What a caller must be allowed to do.</summary>
    Scopes Scope { get; }

    /// <summary>What the client sees of it.</summary>
    Tool Definition { get; }

    /// <summary>Carries it out. The arguments have passed the input schema.</summary>
    Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken);
}

/// <summary>What a tool answers: a text worth its tokens, and the same as data.</summary>
/// <param name="Text">For the model.</param>
/// <param name="Data">For programs; conforms to the output schema.</param>
internal sealed record ToolAnswer(string Text, JsonElement Data)
{
    /// <summary>What a client may call next, in the words of the tools; part of what a model reads, and none of what is printed for people.</summary>
    public string? Next { get; init; }
}

/// <summary>One call of a tool.</summary>
/// <param name="Arguments">The arguments, checked.</param>
/// <param name="Namespace">The namespace that was named, else the configured one.</param>
/// <param name="Progress">Where progress is told; nowhere when the client did not ask.</param>
internal sealed record ToolCall(ToolArguments Arguments, Namespace Namespace, IProgress<ProgressNotificationValue> Progress)
{
    /// <summary>Whether the memory is still what the caller has seen, when it said what that was: asked inside the transaction that changes it.</summary>
    public Func<MemoryRecord, bool>? Expects { get; init; }
}
