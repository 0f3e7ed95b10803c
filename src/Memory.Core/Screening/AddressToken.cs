using System.Buffers;

namespace Memory.Core.Screening;

/// <summary>
/// Tells a token that stands in the place of a user in an address (<c>https://TOKEN@host/</c>) from the name of somebody. Whoever writes a
/// credential there has no password beside it to be known by, and people, services and machines have names that can be read.
/// </summary>
internal static class AddressToken
{
    private const int ShortestAfterPrefix = 8;
    private const int ShortestRun = 12;
    private const int LongRun = 20;

    // How often letters and digits take turns within one piece: 'build01', 'ana1984' once, 'k8s' twice.
    private const int FewestTurns = 4;
    private const int FewestTurnsOfLong = 3;

    private static readonly SearchValues<char> Separators = SearchValues.Create("-_.~+%=");

    /// <summary>Whether it begins as a known vendor's tokens do, is a UUID, or has a piece that nobody would choose for a name.</summary>
    public static bool Is(ReadOnlySpan<char> user) => user.Length >= ShortestRun && (HasKnownBeginning(user) || IsUuid(user) || HasDrawnPiece(user));

    // Here a beginning is enough, however long the token is: nobody is called 'ghp_...'. A robot may be called 'npm_publisher2024'.
    private static bool HasKnownBeginning(ReadOnlySpan<char> user)
    {
        foreach (var shape in VendorTokens.All)
        {
            if (shape.Prefix.Length >= 3 && shape.Prefix[^1] is '_' or '-' or '.' && user.StartsWith(shape.Prefix, StringComparison.Ordinal)
                && FirstPiece(user[shape.Prefix.Length..]) is { Length: >= ShortestAfterPrefix } piece && ReadableWords.Turns(piece) > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUuid(ReadOnlySpan<char> user) => user.Length == 36 && Guid.TryParseExact(user, "D", out _);

    private static bool HasDrawnPiece(ReadOnlySpan<char> user)
    {
        while (!user.IsEmpty)
        {
            var piece = FirstPiece(user);
            if (piece.Length >= ShortestRun && ReadableWords.Turns(piece) >= (piece.Length >= LongRun ? FewestTurnsOfLong : FewestTurns) && RandomLetters.Vary(piece))
            {
                return true;
            }

            user = user[Math.Min(user.Length, piece.Length + 1)..];
        }

        return false;
    }

    private static ReadOnlySpan<char> FirstPiece(ReadOnlySpan<char> user) => user.IndexOfAny(Separators) is >= 0 and var end ? user[..end] : user;
}
