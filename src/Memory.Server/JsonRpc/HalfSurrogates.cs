using System.Text.Json;

namespace Memory.Server.Stdio;

/// <summary>Looks for halves of surrogate pairs: JSON can write them as escapes, text cannot hold them.</summary>
internal static class HalfSurrogates
{
    /// <summary>Whether any name or string within a value has one.</summary>
    public static bool Exist(JsonElement value) =>
        // Escapes of surrogates are rare: most lines need no second look.
        value.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase) && ExistWithin(value);

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
