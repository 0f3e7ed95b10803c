using System.Buffers.Text;
using System.Text;
using Memory.Core.Memories;

namespace Memory.Server.Http.Rest;

/// <summary>Where the next page begins. It belongs to one namespace; that its bearer may see that one is checked as ever.</summary>
internal static class Cursor
{
    public static string Of(Namespace ns, MemoryId after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{ns}/{after}"));

    public static Outcome<MemoryId> Read(string cursor, Namespace ns)
    {
        var wrong = new Problem(ProblemCode.Invalid, "cursor is not one that a list of this namespace gave as 'next'.");
        return cursor.Length <= 128 && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('/') is [var named, var id] && named == ns.Value && MemoryId.TryParse(id, out var after)
            ? after
            : wrong;
    }
}
