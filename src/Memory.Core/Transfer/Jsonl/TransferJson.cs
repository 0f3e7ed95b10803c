using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>How lines become JSON. What the reader does not know it refuses: to drop it silently would be losing it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(WordConverter<MemoryKind>), typeof(WordConverter<MemoryState>), typeof(WordConverter<EvidenceKind>), typeof(WordConverter<LinkKind>),
        typeof(WordConverter<PairMarkKind>), typeof(WordConverter<RunScope>), typeof(WordConverter<RunCause>), typeof(WordConverter<RunState>)])]
[JsonSerializable(typeof(TransferLine))]
internal sealed partial class TransferJson : JsonSerializerContext
{
    // Letters of all scripts stay readable; the file is never put into a web page.
    public static TransferJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Enumerations as the words they have everywhere.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
