using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Training.Pairs;

/// <summary>One block of the hand-written material: an attribute, its values, and sentences about it. <c>data/pairs/README.md</c> tells the form.</summary>
internal sealed record PairTemplate
{
    /// <summary>The topic, the name of the file.</summary>
    public required string Topic { get; init; }

    /// <summary>Its name, unique over all topics.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of memory.</summary>
    public required MemoryKind Kind { get; init; }

    /// <summary>Whether only one value can be so at a time.</summary>
    public required bool IsSingle { get; init; }

    /// <summary>Who or what is spoken of; empty where it is the user.</summary>
    public List<string> Subjects { get; } = [];

    /// <summary>Whether the subjects are moments ('in the morning') of one person's habits.</summary>
    public bool SubjectIsMoment { get; set; }

    /// <summary>The values, each with its other spellings.</summary>
    public List<string[]> Values { get; } = [];

    /// <summary>Wordings of the plain statement.</summary>
    public List<string> Plain { get; } = [];

    /// <summary>Wordings that say all of it and more.</summary>
    public List<string> More { get; } = [];

    /// <summary>Wordings by which the value has changed to this one.</summary>
    public List<string> Changed { get; } = [];

    /// <summary>Wordings that deny it.</summary>
    public List<string> Denied { get; } = [];

    /// <summary>Other statements of the same subject.</summary>
    public List<string> Beside { get; } = [];

    /// <summary>Statements of something else, with words of this.</summary>
    public List<string> Elsewhere { get; } = [];

    /// <summary>Pairs written out in full.</summary>
    public List<(PairRelation Relation, string A, string B, string? Order)> Whole { get; } = [];
}
