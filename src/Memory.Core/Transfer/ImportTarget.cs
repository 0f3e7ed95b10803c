using Memory.Core.Memories;

namespace Memory.Core.Transfer;

/// <summary>
/// Which namespaces an import writes. An export of this server says of each line where it belongs, and may come from anywhere: it is written only
/// where whoever imports lets it.
/// </summary>
public sealed record ImportTarget
{
    private ImportTarget(Namespace into, Namespace? from, bool isEach) => (Into, From, IsEach) = (into, from, isEach);

    /// <summary>Where what names no namespace goes.</summary>
    public Namespace Into { get; }

    /// <summary>The namespace of the source that goes into <see cref="Into"/> under its new name.</summary>
    public Namespace? From { get; }

    /// <summary>Whether what names a namespace goes there.</summary>
    public bool IsEach { get; }

    /// <summary>Writes one namespace; what names another is not taken.</summary>
    /// <param name="ns">The namespace.</param>
    /// <returns>The target.</returns>
    public static ImportTarget Only(Namespace ns) => new(ns, null, isEach: false);

    /// <summary>Writes whatever namespaces the source names.</summary>
    /// <param name="ns">Where what names none goes.</param>
    /// <returns>The target.</returns>
    public static ImportTarget Each(Namespace ns) => new(ns, null, isEach: true);

    /// <summary>Writes one namespace of the source under another name; what names another is not taken.</summary>
    /// <param name="from">Its name in the source.</param>
    /// <param name="into">Its name here.</param>
    /// <returns>The target.</returns>
    public static ImportTarget Renamed(Namespace from, Namespace into) => new(into, from, isEach: false);

    /// <summary>Where what names a namespace goes, or why it is not taken.</summary>
    internal Outcome<Namespace> Of(Namespace named) =>
        IsEach ? named
        : named == (From ?? Into) ? Into
        : From is { } from ? Problem.Invalid($"It is of namespace '{named}'; only what is of '{from}' is taken, into '{Into}'.")
        : Problem.Invalid($"It is of namespace '{named}'; only '{Into}' is written. --all writes each namespace that is named, --from {named} takes that one into '{Into}'.");
}
