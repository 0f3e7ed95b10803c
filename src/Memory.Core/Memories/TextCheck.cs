using System.Globalization;

namespace Memory.Core.Memories;

/// <summary>The rules for text that enters the store, each answered with what is wrong and what is allowed.</summary>
internal static class TextCheck
{
    public static Problem? Content(string text)
    {
        if (text.Length > MemoryRecord.MaxContentLength)
        {
            return Problem.Invalid(string.Create(CultureInfo.InvariantCulture,
                $"content has {text.Length:N0} characters; 1 to {MemoryRecord.MaxContentLength:N0} are allowed. Store one self-contained statement a memory."));
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Problem.Invalid(string.Create(CultureInfo.InvariantCulture, $"content is empty; 1 to {MemoryRecord.MaxContentLength:N0} characters are allowed, not only white space."));
        }

        return Unreadable("content", text, lineBreaks: true);
    }

    public static Problem? Tags(IReadOnlyList<string> tags)
    {
        if (tags.Count > MemoryRecord.MaxTags)
        {
            return Problem.Invalid($"tags has {tags.Count} entries; up to {MemoryRecord.MaxTags} are allowed.");
        }

        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tag.Length > MemoryRecord.MaxTagLength || string.IsNullOrWhiteSpace(tag))
            {
                return Problem.Invalid($"tags[{i}] has {tag.Length} characters; 1 to {MemoryRecord.MaxTagLength} are allowed, not only white space.");
            }

            if (Unreadable($"tags[{i}]", tag, lineBreaks: false) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    public static Problem? Name(string what, string text)
    {
        if (text.Length > MemoryRecord.MaxNameLength || string.IsNullOrWhiteSpace(text))
        {
            return Problem.Invalid($"{what} has {text.Length} characters; 1 to {MemoryRecord.MaxNameLength} are allowed, not only white space.");
        }

        return Unreadable(what, text, lineBreaks: false);
    }

    public static Problem? Note(string? text) => text is null ? null : Text("note", text);

    public static Problem? Text(string what, string text) => text.Length > MemoryRecord.MaxContentLength
        ? Problem.Invalid($"{what} has {text.Length} characters; up to {MemoryRecord.MaxContentLength} are allowed.")
        : Unreadable(what, text, lineBreaks: true);

    // A lone surrogate cannot be written as UTF-8, and a control character can steer a terminal: neither is text.
    public static Problem? Unreadable(string what, string text, bool lineBreaks)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return Problem.Invalid($"{what} has half a surrogate pair (U+{(int)c:X4}) at position {i}; only whole Unicode characters are allowed.");
            }
            else if (c == '\uFFFE')
            {
                // A byte order mark read the wrong way round: no Unicode form is defined for it.
                return Problem.Invalid($"{what} has U+FFFE at position {i}, which is no character; only Unicode characters are allowed.");
            }
            else if (char.IsControl(c) && !(lineBreaks && c is '\n' or '\r' or '\t'))
            {
                return Problem.Invalid($"{what} has the control character U+{(int)c:X4} at position {i}; {(lineBreaks ? "of the control characters only tab and line breaks are" : "control characters are not")} allowed.");
            }
        }

        return null;
    }
}
