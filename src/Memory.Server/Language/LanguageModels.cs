using System.Runtime.CompilerServices;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Language.Remote;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Server.Language;

/// <summary>Makes the language model that the setting names. What it needs is loaded only when consolidation first asks it.</summary>
internal static class LanguageModels
{
    /// <summary>The environment variable that holds the key of the endpoint.</summary>
    public const string KeyVariable = "MEMORY_LANGUAGE_MODEL_KEY";

    /// <summary>What the setting may say, for messages.</summary>
    public const string Allowed = "'off', or 'openai:' with an address and '#MODEL', such as openai:http://localhost:11434/v1#llama3.2";

    /// <summary>None: the rules alone.</summary>
    public const string Off = "off";

    private const string OpenAi = "openai:";

    /// <summary>Whether a setting has one of the forms; nothing is called yet.</summary>
    public static bool IsWellFormed(string setting) => setting == Off || Parse(setting) is not null;

    /// <summary>Names the model; its client is made at first use.</summary>
    /// <param name="setting">The value of the setting, well formed.</param>
    /// <param name="environment">Yields an environment variable; asked for <see cref="KeyVariable"/> only, at first use.</param>
    /// <param name="time">The clock of limits.</param>
    public static LanguageModelSource Create(string setting, Func<string, string?> environment, TimeProvider time) =>
        Parse(setting) is { } named ? new LanguageModelSource(() => Client(named.Endpoint, named.Model, environment, time)) : LanguageModelSource.None;

    private static (Uri Endpoint, string Model)? Parse(string setting)
    {
        var mark = setting.LastIndexOf('#');
        return setting.StartsWith(OpenAi, StringComparison.Ordinal) && mark > OpenAi.Length && mark < setting.Length - 1
            && Uri.TryCreate(setting[OpenAi.Length..mark], UriKind.Absolute, out var endpoint) && endpoint.Scheme is ("http" or "https")
            ? (endpoint, setting[(mark + 1)..])
            : null;
    }

    // A method of its own, never part of another's code: whoever has no language model does not load what carries requests.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Outcome<IChatClient> Client(Uri endpoint, string model, Func<string, string?> environment, TimeProvider time)
    {
        var made = OpenAiChatClient.Create(
            new ChatEndpointOptions { Endpoint = endpoint, Model = model, ApiKeyVariable = KeyVariable }, environment, time, Random.Shared.NextDouble);
        return made.Succeeded ? Outcome.Of<IChatClient>(made.Value) : made.Problem;
    }
}
