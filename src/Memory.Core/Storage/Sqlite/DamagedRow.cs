using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>A row that holds what this program never wrote: a time that no calendar has, a word that means nothing, a note that is no JSON.</summary>
internal static class DamagedRow
{
    /// <summary>Whether an error in reading a row says that the row is damaged.</summary>
    public static bool IsSign(Exception error) => error is ArgumentOutOfRangeException or OverflowException or KeyNotFoundException or JsonException;

    /// <summary>What the owner is told.</summary>
    public static MemoryStoreException Explain(Exception error) => new(
        new Problem(ProblemCode.StoreUnavailable, $"A row of the database is damaged and cannot be read ({Reason(error)}). 'memory-server doctor' lists what is wrong."), error);

    private static string Reason(Exception error) => error switch
    {
        ArgumentOutOfRangeException => "a time in it is out of range",
        OverflowException => "a number in it is too large",
        JsonException => "a note in it is no JSON",
        _ => error.Message.TrimEnd('.'),
    };
}
