using System.Text.Json;
using System.Text.Json.Serialization;

namespace Memory.Core.Consolidation.Language.Remote;

/// <summary>What is sent; an OpenAI-compatible endpoint reads <c>response_format</c>, Ollama <c>format</c>.</summary>
internal sealed record ChatQuestion(string Model, IReadOnlyList<ChatTurn> Messages, bool Stream, ChatForm? ResponseFormat, JsonElement? Format);

/// <summary>One message.</summary>
internal sealed record ChatTurn(string Role, string Content);

/// <summary>The form that an answer must have, as OpenAI writes it.</summary>
internal sealed record ChatForm(string Type, ChatSchema JsonSchema);

/// <summary>A schema with the name that OpenAI wants for it.</summary>
internal sealed record ChatSchema(string Name, JsonElement Schema, bool Strict);

/// <summary>What an OpenAI-compatible endpoint answers.</summary>
internal sealed record ChatAnswer(IReadOnlyList<ChatAlternative?>? Choices);

/// <summary>One of the answers; there is one.</summary>
internal sealed record ChatAlternative(ChatReply? Message);

/// <summary>A message that was answered.</summary>
internal sealed record ChatReply(string? Content);

/// <summary>What Ollama answers.</summary>
internal sealed record OllamaChatAnswer(ChatReply? Message);

/// <summary>The forms, without reflection. Endpoints add members of their own, which do not matter.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatQuestion))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(OllamaChatAnswer))]
internal sealed partial class ChatJson : JsonSerializerContext;
