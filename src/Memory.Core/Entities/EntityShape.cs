namespace Memory.Core.Entities;

/// <summary>What a single word is by its spelling.</summary>
/// <param name="Kind">The kind; null for a plain word.</param>
/// <param name="IsName">Whether it can be part of a name: it begins with a capital. With a kind, it is that when it stands alone ('JavaScript').</param>
internal readonly record struct EntityShape(EntityKind? Kind, bool IsName = false)
{
    /// <summary>Judges a word without spaces.</summary>
    public static EntityShape Of(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > EntityExtractor.MaxLength)
        {
            return new EntityShape(null, word.Length == 1 && char.IsUpper(word[0]));
        }

        if (word.Contains("://", StringComparison.Ordinal) || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            return new EntityShape(EntityKind.Url);
        }

        if (word.Contains('@'))
        {
            return new EntityShape(IsEmail(word) ? EntityKind.Email : word[0] == '@' && char.IsLetter(word[1]) ? EntityKind.Identifier : null);
        }

        if (word.ContainsAny('/', '\\'))
        {
            return new EntityShape(PathShape.IsPath(word) ? EntityKind.Path : null);
        }

        var features = WordFeatures.Of(word);
        if (features.IsLetters)
        {
            // 'JavaScript' is a name from code by itself, and part of a name in 'John McDonald'.
            return features.FirstIsUpper
                ? new EntityShape(features.Humps > 0 && features.HasLower ? EntityKind.Identifier : null, IsName: true)
                : new EntityShape(features.Humps > 0 ? EntityKind.Identifier : null);
        }

        return Mixed(word, features);
    }

    private static EntityShape Mixed(ReadOnlySpan<char> word, WordFeatures features)
    {
        if (CodeShape.IsVersion(word))
        {
            return new EntityShape(EntityKind.Version);
        }

        if (CodeShape.IsIssueKey(word))
        {
            return new EntityShape(EntityKind.IssueKey);
        }

        if (PathShape.IsFileName(word))
        {
            return new EntityShape(EntityKind.Path);
        }

        if (CodeShape.IsDomain(word))
        {
            return new EntityShape(EntityKind.Url);
        }

        if (CodeShape.IsIdentifier(word, features))
        {
            return new EntityShape(EntityKind.Identifier);
        }

        // 'Jean-Luc', 'O'Brien', 'Ana's', 'R&D'.
        return new EntityShape(null, features.FirstIsUpper && !features.HasDigit && features.IsNameSigns);
    }

    private static bool IsEmail(ReadOnlySpan<char> word)
    {
        var at = word.IndexOf('@');
        var domain = word[(at + 1)..];
        var dot = domain.LastIndexOf('.');
        return at > 0 && !domain.Contains('@') && dot > 0 && domain.Length - dot > 2 && char.IsLetterOrDigit(word[at - 1])
            && char.IsLetterOrDigit(domain[0]) && !domain.ContainsAny('/', '\\', '(') && !word[..at].ContainsAny('/', '\\', '(');
    }
}
