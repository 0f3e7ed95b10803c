using Memory.Core.Consolidation.Pairs;

namespace Memory.Training.Pairs;

/// <content>Pairs that ask what is said of a subject, and not only of whom: other attributes, and the same one in other words.</content>
internal sealed partial class PairMaker
{
    private const int OtherAttribute = 14;
    private const int TwoAtOnce = 4;
    private const int BorrowedValue = 3;
    private const int BorrowedSubject = 16;

    // Of the training split alone: two wordings of an attribute, with the same value and with another.
    private const int InOtherWords = 8;
    private const int OtherValueInOtherWords = 8;
    private const string AnotherAttribute = "another attribute";
    private const int Drawn = 4;
    private const int ShortestShared = 4;

    /// <summary>The case of pairs that borrow the value of another attribute.</summary>
    public const string SameValue = "same value of another attribute";

    /// <summary>The cases of pairs that borrow the subject, or the value, of another attribute.</summary>
    public static readonly IReadOnlyList<string> BorrowedCases = [SameValue, AnotherAttribute];

    // What has changed about one attribute of a subject says nothing about its others.
    private void MakeOtherAttribute()
    {
        var other = Pick(_ofSubjects);
        var subject = Pick(Shared(other));
        var (one, another) = (Any(_template, subject), Any(other, subject));
        var (a, b) = _random.Next(2) == 0 ? (one, another) : (another, one);
        Add(a, b, PairRelation.Related, null, "other attribute");
    }

    // Who shares a subject, and even a value, with something that is said of another attribute says neither the same nor the contrary:
    // without such pairs it is enough to look at subjects and values, and nobody reads what is said of them.
    private void MakeBorrowed(bool sameValue)
    {
        var (subject, value) = (Subject(), Pick(_template.Values));
        var wording = Pick(_template.Changed.Count > 0 && _random.Next(4) == 0 ? _template.Changed : _template.Plain);
        // What shares words as well is the hardest to tell apart.
        var (other, otherWording) = Enumerable.Range(0, Drawn).Select(_ => Pick(_wordings)).Select(o => (o, Pick(o.Plain))).MaxBy(o => SharedWords(wording, o.Item2));
        var first = Wording.Fill(wording, subject, Pick(value), Pick(Other(value)));
        var second = Wording.Fill(otherWording, subject, Pick(sameValue ? value : Pick(other.Values)));
        var (a, b) = _random.Next(2) == 0 ? (first, second) : (second, first);
        Add(a, b, PairRelation.Related, null, sameValue ? SameValue : AnotherAttribute);
    }

    private bool IsLearnedFrom => !TestTopics.Contains(_template.Topic) && _template.Values.Count > 0;

    private void MakeInOtherWords(bool sameValue)
    {
        var subject = Subject();
        var (value, another) = PickTwo(_template.Values);
        var (first, second) = PickTwo(_template.Plain);
        Add(Wording.Fill(first, subject, Pick(value)), Wording.Fill(second, subject, Pick(sameValue ? value : another)),
            sameValue ? PairRelation.Duplicate : PairRelation.Contradicts, null, sameValue ? "reworded" : "other value");
    }

    private static int SharedWords(string one, string other)
    {
        var words = Words(one).Where(static w => w.Length >= ShortestShared).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Words(other).Count(words.Contains);
    }

    private static string[] Words(string text) => text.Split([' ', '.', ',', '\'', ':'], StringSplitOptions.RemoveEmptyEntries);

    private void MakeTwoAtOnce()
    {
        var other = Pick(_ofSubjects);
        var subject = Pick(Shared(other));
        var (value, second) = PickTwo(_template.Values);
        var isSame = _random.Next(2) == 0;
        var first = Wording.Fill(Pick(_template.Plain), subject, Pick(value));
        var both = $"{Wording.Fill(Pick(_template.Plain), subject, Pick(isSame ? value : second))} {Wording.Begun(Wording.Fill(Pick(other.Plain), subject, Pick(Pick(other.Values))))}";
        if (isSame || _template.IsSingle)
        {
            Add(first, both, isSame ? PairRelation.Contains : PairRelation.Contradicts, isSame ? "b" : null, isSame ? "held with more" : "other value with more");
        }
    }

    private string Any(PairTemplate template, string subject)
    {
        var (old, now) = PickTwo(template.Values);
        var draw = _random.Next(6);
        var wordings = draw < 2 && template.Changed.Count > 0 ? template.Changed : draw == 2 && template.Denied.Count > 0 ? template.Denied : draw == 3 && template.More.Count > 0 ? template.More : template.Plain;
        return Wording.Fill(Pick(wordings), subject, Pick(now), Pick(old));
    }

    private List<string> Shared(PairTemplate other) => [.. _template.Subjects.Intersect(other.Subjects, StringComparer.Ordinal)];
}
