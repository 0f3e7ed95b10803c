using Memory.Core.Memories;

namespace Memory.Core.Screening;

/// <summary>
/// Every text goes through here before it is stored, whether it comes by store, update, feedback or import: what cannot be seen is taken out,
/// and credentials are dealt with as the owner decided. What it yields goes through unchanged a second time.
/// </summary>
/// <param name="policy">What becomes of credentials.</param>
public sealed class Screen(SecretPolicy policy)
{
    /// <summary>Screens with the default policy.</summary>
    public static Screen Default { get; } = new(SecretPolicy.Redact);

    /// <summary>Screens a text that has a name of its own in the answer.</summary>
    /// <param name="what">What the text is, for the answer: <c>content</c>, <c>note</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="notes">Takes what was changed, in words.</param>
    /// <returns>The text to store, or why it is not stored.</returns>
    public Outcome<string> Text(string what, string text, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(notes);
        if (text.Length > MemoryRecord.MaxContentLength)
        {
            // It is refused for its length, which shall not cost more than its length.
            return text;
        }

        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            // Many programs take it for the end of a text: what stands behind it would be hidden from them.
            return Problem.Invalid($"{what} has the control character U+0000 (NUL) at position {nul}; of the control characters only tab and line breaks are allowed.");
        }

        var visible = VisibleText.Of(text);
        if (!ReferenceEquals(visible, text))
        {
            notes.Add(TakenOut(what));
        }

        if (policy == SecretPolicy.Allow || Secrets.Find(visible) is not { Count: > 0 } found)
        {
            return visible;
        }

        var names = string.Join(", ", found.Select(static f => f.What).Distinct());
        if (policy == SecretPolicy.Refuse)
        {
            return Problem.Invalid($"{what} looks as if it held a credential ({names}, at position {found[0].Start}); credentials are not stored here. Store where it is kept instead.");
        }

        notes.Add($"What looked like a credential ({names}) was redacted in {what}. Store where it is kept instead.");

        // A joiner that stood beside a credential joins nothing any more.
        return VisibleText.Of(Secrets.Redact(visible, found));
    }

    /// <summary>Screens a statement: its content, its tags, and the names of its source and session, of which so no two look alike.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="notes">Takes what was changed, in words.</param>
    /// <returns>The statement to store, or why it is not stored.</returns>
    public Outcome<NewMemory> Statement(NewMemory statement, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var content = Text("content", statement.Content, notes);
        if (!content.Succeeded)
        {
            return content.Problem;
        }

        var tags = Tags(statement.Tags, notes);
        if (!tags.Succeeded)
        {
            return tags.Problem;
        }

        var source = Name("source", statement.Source, notes);
        var session = statement.Session is { } named ? Name("session", named, notes) : Outcome.Of(string.Empty);
        return (source.Problem ?? session.Problem) is { } problem
            ? problem
            : statement with { Content = content.Value, Tags = tags.Value, Source = source.Value!, Session = statement.Session is null ? null : session.Value };
    }

    /// <summary>Screens a name that stands by itself: a source, a session, a process. Of what it yields no two look alike.</summary>
    /// <param name="what">What the name is, for the answer: <c>source</c>, <c>session</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="notes">Takes what was changed, in words.</param>
    /// <returns>The name to store, or why it is not stored.</returns>
    public Outcome<string> Name(string what, string name, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(notes);
        return Named(what, name, MemoryRecord.MaxNameLength, notes);
    }

    /// <summary>Screens tags.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="notes">Takes what was changed, in words.</param>
    /// <returns>The tags to store, or why they are not stored.</returns>
    public Outcome<IReadOnlyList<string>> Tags(IReadOnlyList<string> tags, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(tags);
        string[]? screened = null;
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Length <= MemoryRecord.MaxTagLength && !ReferenceEquals(Visible(tags[i]), tags[i]) && !notes.Contains(TakenOut("a tag"), StringComparer.Ordinal))
            {
                notes.Add(TakenOut("a tag"));
            }

            var tag = Named("a tag", TagForm.Composed(tags[i]), MemoryRecord.MaxTagLength, notes);
            if (!tag.Succeeded)
            {
                return tag.Problem;
            }

            if (!ReferenceEquals(tag.Value, tags[i]))
            {
                (screened ??= [.. tags])[i] = tag.Value;
            }
        }

        return Outcome.Of(screened ?? tags);
    }

    // What is too long or holds control characters is refused with the reason where names are checked.
    private Outcome<string> Named(string what, string name, int longest, List<string> notes)
    {
        var visible = name.Length > longest ? name : Visible(name);
        if (policy == SecretPolicy.Allow || visible.Length > longest || Secrets.Find(visible) is not { Count: > 0 } found)
        {
            return visible;
        }

        var outcome = Text(what, visible, notes);
        return outcome.Succeeded ? Secrets.Mark(found[0].What) : outcome;
    }

    private static string TakenOut(string what) => $"What cannot be seen (control characters, escape sequences, invisible Unicode) was taken out of {what}.";

    // Control characters in a name are an error of the caller and are refused; what is invisible goes, of a tag with a note.
    private static string Visible(string name) => TextCheck.Unreadable("", name, lineBreaks: false) is null ? VisibleText.Of(name) : name;
}
