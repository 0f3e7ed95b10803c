using System.Text.Json.Serialization;

namespace Memory.Core.Consolidation.Language;

/// <summary>The question for one wording.</summary>
internal sealed record WordingQuestion(string Task, IReadOnlyList<string> Statements);

/// <summary>The question which of two statements holds.</summary>
internal sealed record TieQuestion(string Task, TieStatement First, TieStatement Second);

/// <summary>A statement as the model sees it.</summary>
/// <param name="Text">The words.</param>
/// <param name="Said">When it was stored, ISO 8601.</param>
/// <param name="Happened">When it happened or was said, when known.</param>
/// <param name="Source">Who said it.</param>
internal sealed record TieStatement(string Text, string Said, string? Happened, string Source);

/// <summary>The answer to <see cref="WordingQuestion"/>.</summary>
internal sealed record WordingAnswer(string Wording);

/// <summary>The answer to <see cref="TieQuestion"/>: <c>first</c>, <c>second</c> or <c>neither</c>.</summary>
internal sealed record TieAnswer(string Right);

/// <summary>The forms, without reflection and without tolerance: whatever else an answer says, it is refused.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(WordingQuestion))]
[JsonSerializable(typeof(TieQuestion))]
[JsonSerializable(typeof(WordingAnswer))]
[JsonSerializable(typeof(TieAnswer))]
internal sealed partial class LanguageJson : JsonSerializerContext;
