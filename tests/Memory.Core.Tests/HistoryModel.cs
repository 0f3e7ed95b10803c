using Memory.Core.Memories;

namespace Memory.Core.Tests;

/// <summary>
/// What should be in a store, restated as simply as can be believed. Statements are about a few subjects, each in four wordings:
/// 0 and 1 differ in case and final punctuation only (to <c>store</c> the same), 2 and 3 also in punctuation and articles
/// (to consolidation the same).
/// </summary>
internal sealed class HistoryModel
{
    public static readonly string[] Subjects = ["kestrel", "walnut", "granite", "sextant"];

    public sealed class Entry
    {
        public required MemoryId Id { get; init; }

        public required int Subject { get; init; }

        public required int Wording { get; init; }

        public MemoryState State { get; set; } = MemoryState.Active;

        /// <summary>Where it went: merged into, or superseded by.</summary>
        public Entry? Next { get; set; }

        public int OwnEvidence { get; set; } = 1;

        /// <summary>The run that took it out of the active ones.</summary>
        public RunId? ChangedBy { get; set; }

        public string Text => HistoryModel.Text(Subject, Wording);
    }

    public List<Entry> Entries { get; } = [];

    public static string Text(int subject, int wording) => wording switch
    {
        0 => $"The {Subjects[subject]} is on the roof.",
        1 => $"the {Subjects[subject]} is on the roof",
        2 => $"the ({Subjects[subject]}) is on the roof",
        _ => $"{Subjects[subject]} is on roof",
    };

    /// <summary>Which entry a store of this wording corroborates; <see langword="null"/> when it is new.</summary>
    public Entry? Holder(int subject, int wording) => Entries
        .Where(e => e.Subject == subject && SameToStore(e.Wording, wording) && e.State != MemoryState.Forgotten)
        .Select(Head)
        .FirstOrDefault(static e => e.State is MemoryState.Active or MemoryState.Archived);

    public void Store(int subject, int wording, MemoryId id, bool isNew)
    {
        var holder = Holder(subject, wording);
        isNew.ShouldBe(holder is null);
        if (holder is null)
        {
            Entries.Add(new Entry { Id = id, Subject = subject, Wording = wording });
            return;
        }

        id.ShouldBe(holder.Id);
        holder.OwnEvidence++;
        holder.State = MemoryState.Active;
    }

    public static bool CanBeEdited(Entry entry) => entry.State is MemoryState.Active or MemoryState.Archived;

    /// <summary>Everything that was replaced by an entry, directly or not.</summary>
    public IEnumerable<Entry> Ancestors(Entry entry) => Entries
        .Where(e => e.Next == entry && e.State is MemoryState.Merged or MemoryState.Superseded && e.Next == entry)
        .SelectMany(e => Ancestors(e).Prepend(e));

    public void Forget(Entry entry)
    {
        foreach (var erased in Ancestors(entry).Append(entry).ToList())
        {
            erased.State = MemoryState.Forgotten;
            erased.OwnEvidence = 0;
        }
    }

    /// <summary>The rows that count for an entry: its own and those of everything merged into it.</summary>
    public int Evidence(Entry entry) => entry.OwnEvidence
        + Entries.Where(e => e.Next == entry && e.State == MemoryState.Merged).Sum(Evidence);

    public static Entry Head(Entry entry) => entry is { State: MemoryState.Merged, Next: { } next } ? Head(next) : entry;

    private static bool SameToStore(int one, int other) => one == other || (one <= 1 && other <= 1);
}
