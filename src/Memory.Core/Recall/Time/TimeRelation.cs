namespace Memory.Core.Recall.Time;

/// <summary>How the time that a query asks for lies to the date or event that it names.</summary>
public enum TimeRelation
{
    /// <summary>Within the interval: 'in May 2023', 'yesterday'. Both ends are set.</summary>
    Within,

    /// <summary>Up to a date or an event: 'before May 2023', 'until Friday', 'before the launch'. There is no beginning.</summary>
    Before,

    /// <summary>From a date or an event on: 'since March', 'after 2023-05', 'after the wedding'. There is no end.</summary>
    After,
}
