using System.Runtime.InteropServices;
using System.Text.Json;

namespace Memory.Server.JsonRpc;

/// <summary>Looks for halves of surrogate pairs: JSON can write them as escapes, text cannot hold them.</summary>
internal static class HalfSurrogates
{
    /// <summary>Whether any name or string within a value has one.</summary>
    public static bool Exist(JsonElement value)
    {
        // Escapes of surrogates are rare: most messages need no second look. Of a message nothing is made but this look, however large it is.
        var json = JsonMarshal.GetRawUtf8Value(value);
        return (json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0) && ExistWithin(value);
    }

    private static bool ExistWithin(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(static p => CannotBeRead(() => p.Name) || ExistWithin(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(ExistWithin),
        JsonValueKind.String => CannotBeRead(value.GetString),
        _ => false,
    };

    private static bool CannotBeRead(Func<string?> read)
    {
        try
        {
            _ = read();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
