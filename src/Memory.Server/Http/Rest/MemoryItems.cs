using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Server.Tools;

namespace Memory.Server.Http.Rest;

/// <summary>How records become items.</summary>
internal static class MemoryItems
{
    public static MemoryItem Of(MemoryRecord memory) => new()
    {
        Id = memory.Id.Value, Content = memory.Content, Kind = Names.Of(memory.Kind), Tags = memory.Tags, Importance = memory.Importance, Source = memory.Source,
        Session = memory.Session, State = Names.Of(memory.State), Confidence = Rounded.Of(memory.Confidence), CreatedAt = IsoTime.Format(memory.CreatedAt),
        UpdatedAt = IsoTime.Format(memory.UpdatedAt), OccurredAt = Time(memory.OccurredAt), ValidUntil = Time(memory.ValidUntil),
    };

    public static MemoryDetailsItem Of(MemoryDetails details)
    {
        var memory = details.Memory;
        return new MemoryDetailsItem
        {
            Id = memory.Id.Value, Content = memory.Content, Kind = Names.Of(memory.Kind), Tags = memory.Tags, Importance = memory.Importance, Source = memory.Source,
            Session = memory.Session, State = Names.Of(memory.State), Confidence = Rounded.Of(memory.Confidence), CreatedAt = IsoTime.Format(memory.CreatedAt),
            UpdatedAt = IsoTime.Format(memory.UpdatedAt), OccurredAt = Time(memory.OccurredAt), ValidUntil = Time(memory.ValidUntil),
            Recalled = details.Use.Count,
            LogOdds = Rounded.Of(details.Confidence.LogOdds),
            Evidence = [.. details.Confidence.Terms.Select(static t => new EvidenceItem(
                Names.Of(t.Evidence.Kind), t.Evidence.Source, t.Evidence.Session, IsoTime.Format(t.Evidence.At), t.Evidence.Reason, t.Evidence.IsHedged ? true : null, Rounded.Of(t.Contribution)))],
            Lineage = [.. details.Lineage.Select(static l => new LinkItem(l.From.Value, l.To.Value, Names.Of(l.Kind), IsoTime.Format(l.At)))],
            ContestedWith = [.. details.ContestedWith.Select(static m => m.Id.Value)],
        };
    }

    private static string? Time(DateTimeOffset? time) => time is { } at ? IsoTime.Format(at) : null;
}
