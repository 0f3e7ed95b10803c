namespace Memory.Core.Entities;

/// <summary>What a named thing is, as far as its spelling tells.</summary>
public enum EntityKind
{
    /// <summary>A person, place, organisation or product: 'Ana Costa', 'Bank of America', 'NASA'.</summary>
    Name,

    /// <summary>A name from code: <c>camelCase</c>, <c>snake_case</c>, <c>SCREAMING_CASE</c>, <c>dotted.names</c>, <c>calls()</c>, 'gpt-4o', 'C#'.</summary>
    Identifier,

    /// <summary>A file or folder: '/etc/hosts', 'C:\temp', 'src/Core/a.cs', 'README.md'.</summary>
    Path,

    /// <summary>A web address, or any text with a scheme and '://'.</summary>
    Url,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A version: 'v1.2.3', '2.0', 'net10.0'.</summary>
    Version,

    /// <summary>Words in quotes or backticks.</summary>
    Quote,

    /// <summary>A key of an issue tracker, or a code written like one: 'ABC-123'.</summary>
    IssueKey,

    /// <summary>A tag of the memory.</summary>
    Tag,
}
