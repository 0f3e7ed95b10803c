namespace Memory.Core.Entities;

/// <summary>Tells paths and file names from other words with slashes and dots.</summary>
internal static class PathShape
{
    private const int MaxExtension = 10;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Extensions = new HashSet<string>(
        ("cs csproj sln props targets fs vb js jsx ts tsx mjs cjs py ipynb rb rs go java kt swift c h cc cpp hpp m php pl lua r sql sh bash zsh ps1 bat cmd html htm css scss vue "
        + "json jsonl yml yaml toml xml ini cfg conf config env lock md rst txt log csv tsv pdf doc docx xls xlsx ppt pptx odt png jpg jpeg gif svg webp ico mp3 mp4 wav mov zip tar gz "
        + "tgz bz2 xz 7z rar exe dll so dylib jar war whl deb rpm iso img bin dat db sqlite parquet onnx pem key crt pub tf tmpl tex bib gitignore proto graphql razor resx").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word that has a slash or backslash is a path: rooted, or deep, or ending in a file. 'and/or' and 'km/h' are none.</summary>
    public static bool IsPath(ReadOnlySpan<char> word)
    {
        if (!HasLetter(word))
        {
            return false;
        }

        var rooted = word switch
        {
            ['/', ..] => word.Length > 2 && (char.IsLetterOrDigit(word[1]) || word[1] is '.' or '_') && word[1..].ContainsAny('/', '.', '_') | word.Length > 3,
            ['~', '/' or '\\', ..] or ['.', '/' or '\\', ..] or ['.', '.', '/' or '\\', ..] or ['\\', '\\', _, ..] => true,
            [_, ':', '/' or '\\', ..] => char.IsAsciiLetter(word[0]),
            _ => false,
        };
        if (rooted)
        {
            return true;
        }

        var slashes = word.Count('/') + word.Count('\\');
        return word[0] is not ('/' or '\\') && (slashes >= 2 || IsFileName(word[(word.LastIndexOfAny('/', '\\') + 1)..]));
    }

    /// <summary>Whether a word without slashes is a file: 'README.md', 'appsettings.json', '.gitignore'. 'Node.js' is a product.</summary>
    public static bool IsFileName(ReadOnlySpan<char> word)
    {
        var dot = word.LastIndexOf('.');
        if (dot < 0 || dot == word.Length - 1)
        {
            return false;
        }

        var extension = word[(dot + 1)..];
        if (dot == 0)
        {
            // '.env', but '.NET' is a product.
            return extension.Length > 2 && char.IsAsciiLetterLower(extension[0]);
        }

        // 'System.Text.Json' is code, 'a.m' a time of day.
        return extension.Length <= MaxExtension && Extensions.Contains(extension) && !(char.IsUpper(word[0]) && extension is "js")
            && (char.IsUpper(extension[0]) == char.IsUpper(extension[^1])) && word.Length > 3;
    }

    private static bool HasLetter(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }
}
