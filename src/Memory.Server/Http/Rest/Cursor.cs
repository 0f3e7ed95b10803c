using System.Buffers.Text;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Server.Http.Rest;

/// <summary>Where the next page begins. It belongs to one namespace; that its bearer may see that one is checked as ever.</summary>
internal static class Cursor
{
    private const int MaxLength = 128;

    public static string Of(Namespace ns, MemoryId after) => Of(ns, after.Value);

    public static string Of(Namespace ns, RunId after) => Of(ns, after.Value);

    /// <summary>Reads the cursor of a list of memories.</summary>
    public static Outcome<MemoryId> Read(string cursor, Namespace ns) => MemoryId.TryParse(IdIn(cursor, ns), out var after) ? after : Wrong();

    /// <summary>Reads the cursor of a list of runs.</summary>
    public static Outcome<RunId> ReadRun(string cursor, Namespace ns) => RunId.TryParse(IdIn(cursor, ns), out var after) ? after : Wrong();

    private static string Of(Namespace ns, string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{ns}/{after}"));

    private static string? IdIn(string cursor, Namespace ns) =>
        cursor.Length <= MaxLength && Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('/') is [var named, var id] && named == ns.Value ? id : null;

    private static Problem Wrong() => new(ProblemCode.Invalid, "cursor is not one that a list of this namespace gave as 'next'.");
}
