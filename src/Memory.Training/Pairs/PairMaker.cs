using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;

namespace Memory.Training.Pairs;

/// <summary>Makes labelled pairs of the hand-written material. The same material gives the same pairs.</summary>
internal sealed partial class PairMaker
{
    // A pair of every case for each block; chosen so that no relation outnumbers the others by much.
    private const int Reworded = 9;
    private const int Held = 8;
    private const int OtherValue = 5;
    private const int Changed = 3;
    private const int Denied = 3;
    private const int Beside = 7;
    private const int OtherDenied = 2;
    private const int OtherSubject = 6;
    private const int OtherTemplate = 5;
    private const int Elsewhere = 2;
    private const int MaxDays = 200;
    private const int Tries = 6;

    private static readonly string[] TestTopics = ["health", "travel", "school"];

    private readonly PairTemplate _template;
    private readonly IReadOnlyList<PairTemplate> _others;
    // What else is said of the same subjects.
    private readonly List<PairTemplate> _ofSubjects;

    // What is said of anybody, in sentences of the same kind.
    private readonly List<PairTemplate> _wordings;
    private readonly Random _random;
    private readonly Wording _wording;
    private readonly List<LabelledPair> _pairs = [];
    private readonly HashSet<(string, string)> _seen = [];

    private PairMaker(PairTemplate template, IReadOnlyList<PairTemplate> others)
    {
        (_template, _others) = (template, others);
        _ofSubjects = [.. others.Where(o => !template.SubjectIsMoment && !o.SubjectIsMoment && o.Values.Count > 0 && Shared(o).Count > 0)];
        _wordings = [.. others.Where(o => !template.SubjectIsMoment && !o.SubjectIsMoment && o.Values.Count > 0 && o.Subjects.Count > 0 == template.Subjects.Count > 0)];
        _random = new Random((int)(TermHash.Of(template.Name) & int.MaxValue));
        _wording = new Wording(_random, TestTopics.Contains(template.Topic));
    }

    /// <summary>All pairs of all blocks.</summary>
    public static IEnumerable<LabelledPair> Make(IReadOnlyList<PairTemplate> templates) =>
        templates.SelectMany(t => new PairMaker(t, [.. templates.Where(o => o.Topic == t.Topic && o.Name != t.Name)]).MakeAll());

    private List<LabelledPair> MakeAll()
    {
        if (_template.Values.Count > 0)
        {
            Repeat(Reworded, MakeReworded);
            Repeat(Held, MakeHeld);
            Repeat(OtherValue, MakeOtherValue);
            Repeat(_template.Changed.Count > 0 ? Changed : 0, MakeChanged);
            Repeat(_template.Denied.Count > 0 ? Denied : 0, MakeDenied);
            Repeat(_template.Denied.Count > 0 && _template.Values.Count > 2 ? OtherDenied : 0, MakeOtherDenied);
            Repeat(Beside, MakeBeside);
            Repeat(_template.Subjects.Count > 1 ? OtherSubject : 0, MakeOtherSubject);
            Repeat(OtherTemplate, MakeOtherTemplate);
            Repeat(_template.Elsewhere.Count > 0 ? Elsewhere : 0, MakeElsewhere);
            Repeat(_ofSubjects.Count > 0 ? OtherAttribute : 0, MakeOtherAttribute);
            Repeat(_ofSubjects.Count > 0 ? TwoAtOnce : 0, MakeTwoAtOnce);
        }

        foreach (var (relation, a, b, order) in _template.Whole)
        {
            Add(a, b, relation, order, "written out", vary: false);
        }

        // Last, so that the pairs before are the same with and without.
        Repeat(_template.Values.Count > 0 && _wordings.Count > 0 ? BorrowedValue : 0, () => MakeBorrowed(sameValue: true));
        Repeat(_template.Values.Count > 0 && _wordings.Count > 0 && _template.Subjects.Count > 0 ? BorrowedSubject : 0, () => MakeBorrowed(sameValue: false));
        Repeat(IsLearnedFrom && _template.Plain.Count > 1 ? InOtherWords : 0, () => MakeInOtherWords(sameValue: true));
        Repeat(IsLearnedFrom && _template.Plain.Count > 1 && _template.IsSingle ? OtherValueInOtherWords : 0, () => MakeInOtherWords(sameValue: false));

        return _pairs;
    }

    private void MakeReworded()
    {
        var (subject, value) = (Subject(), Pick(_template.Values));
        var source = _random.Next(5) == 0 ? _template.More : _template.Plain;
        var first = Pick(_template.Plain);
        var second = source == _template.More ? first : Pick(_template.Plain);
        Add(Wording.Fill(first, subject, Pick(value)), Wording.Fill(second, subject, Pick(value)), PairRelation.Duplicate, null, "reworded");
    }

    private void MakeHeld()
    {
        var (subject, value) = (Subject(), Pick(_template.Values));
        var more = Wording.Fill(Pick(_template.Changed.Count > 0 && _random.Next(10) == 0 ? _template.Changed : _template.More), subject, Pick(value), Pick(Other(value)));
        var plain = Wording.Fill(Pick(_template.Plain), subject, Pick(value));
        if (_random.Next(2) == 0)
        {
            Add(more, plain, PairRelation.Contains, "a", "held");
        }
        else
        {
            Add(plain, more, PairRelation.Contains, "b", "held");
        }
    }

    private void MakeOtherValue()
    {
        var subject = Subject();
        var (one, other) = PickTwo(_template.Values);
        var first = Pick(_template.Plain);
        var second = _random.Next(3) switch { 0 => first, 1 => Pick(_template.More), _ => Pick(_template.Plain) };
        Add(Wording.Fill(first, subject, Pick(one)), Wording.Fill(second, subject, Pick(other)), _template.IsSingle ? PairRelation.Contradicts : PairRelation.Related, null, "other value");
    }

    private void MakeChanged()
    {
        var subject = Subject();
        var (old, now) = PickTwo(_template.Values);
        Add(Wording.Fill(Pick(_random.Next(4) == 0 ? _template.More : _template.Plain), subject, Pick(old)), Wording.Fill(Pick(_template.Changed), subject, Pick(now), Pick(old)), PairRelation.Contradicts, "b", "changed");
    }

    private string[] Other(string[] value) => _template.Values[(_template.Values.IndexOf(value) + 1) % _template.Values.Count];

    private void MakeDenied()
    {
        var (subject, value) = (Subject(), Pick(_template.Values));
        var (plain, denied) = (Wording.Fill(Pick(_random.Next(4) == 0 ? _template.More : _template.Plain), subject, Pick(value)), Wording.Fill(Pick(_template.Denied), subject, Pick(value)));
        var (a, b) = _random.Next(3) == 0 ? (denied, plain) : (plain, denied);
        Add(a, b, PairRelation.Contradicts, null, "denied");
    }

    // 'does not live in Oslo' and 'lives in Bergen' are both so.
    private void MakeOtherDenied()
    {
        var subject = Subject();
        var (one, other) = PickTwo(_template.Values);
        Add(Wording.Fill(Pick(_template.Denied), subject, Pick(one)), Wording.Fill(Pick(_template.Plain), subject, Pick(other)), PairRelation.Related, null, "other value denied");
    }

    private void MakeBeside()
    {
        var beside = _template.Beside.Where(b => b.Contains('{', StringComparison.Ordinal)).ToList();
        if (beside.Count == 0)
        {
            return;
        }

        var (subject, value) = (Subject(), Pick(_template.Values));
        var first = Pick(_random.Next(5) == 0 ? _template.More : _random.Next(5) == 0 ? beside : _template.Plain);
        var second = Pick(beside);
        if (first != second && (first.Contains("{S}", StringComparison.Ordinal) && second.Contains("{S}", StringComparison.Ordinal) || first.Contains("{V}", StringComparison.Ordinal) && second.Contains("{V}", StringComparison.Ordinal)))
        {
            Add(Wording.Fill(first, subject, Pick(value)), Wording.Fill(second, subject, Pick(value)), PairRelation.Related, null, "same subject");
        }
    }

    private void MakeOtherSubject()
    {
        var (one, other) = PickTwo(_template.Subjects);
        var (value, second) = (Pick(_template.Values), Pick(_template.Values));
        var beside = _template.Beside.Where(static b => b.Contains("{S}", StringComparison.Ordinal) && !b.Contains("{V}", StringComparison.Ordinal)).ToList();
        var wording = beside.Count > 0 && _random.Next(4) == 0 ? Pick(beside) : _template.Changed.Count > 0 && _random.Next(4) == 0 ? Pick(_template.Changed) : Pick(_template.Plain);
        Add(Wording.Fill(Pick(_template.Plain), one, Pick(value)), Wording.Fill(wording, other, Pick(_random.Next(2) == 0 ? value : second), Pick(Other(value))),
            _template.SubjectIsMoment ? PairRelation.Related : PairRelation.Unrelated, null, "other subject");
    }

    private void MakeOtherTemplate()
    {
        var other = Pick(_others);
        if (other.Values.Count == 0 || other.SubjectIsMoment || _template.SubjectIsMoment || (other.Subjects.Count == 0 && _template.Subjects.Count == 0))
        {
            return;
        }

        var subject = Subject();
        var (otherSubject, value, otherValue) = (other.Subjects.Count == 0 ? "" : Pick(other.Subjects), Pick(Pick(_template.Values)), Pick(Pick(other.Values)));
        var (first, second) = (Wording.Fill(Pick(_template.Plain), subject, value), Wording.Fill(Pick(other.Plain), otherSubject, otherValue));

        // Who shares a name with the other may be related to it: such a pair would have no certain label.
        string[] names = [subject, value, otherSubject, otherValue];
        if (names.Where(static n => n.Length > 0).GroupBy(static n => n.ToLowerInvariant()).All(static g => g.Count() == 1) && !(IsUser(subject) && IsUser(otherSubject)))
        {
            Add(first, second, PairRelation.Unrelated, null, "other template");
        }
    }

    private void MakeElsewhere()
    {
        var value = Pick(_template.Values);
        Add(Wording.Fill(Pick(_template.Plain), Subject(), Pick(value)), Wording.Fill(Pick(_template.Elsewhere), "", Pick(value)), PairRelation.Unrelated, null, "same words elsewhere");
    }

    private static bool IsUser(string subject) => subject is "" or "the user";

    private void Add(string a, string b, PairRelation relation, string? order, string made, bool vary = true)
    {
        if (vary)
        {
            (a, b) = (_wording.Vary(a), _wording.Vary(b));
        }

        if (a != b && _seen.Add((a, b)) && _seen.Add((b, a)))
        {
            _pairs.Add(new LabelledPair(a, b, relation, order, _template.Kind, _random.Next(1, MaxDays), made, _template.Name, _template.Topic, TestTopics.Contains(_template.Topic) ? "test" : "train"));
        }
    }

    private void Repeat(int count, Action make)
    {
        var end = _pairs.Count + count;
        for (var i = 0; i < count * Tries && _pairs.Count < end; i++)
        {
            make();
        }
    }

    private string Subject() => _template.Subjects.Count == 0 ? "" : Pick(_template.Subjects);

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private (T One, T Other) PickTwo<T>(IReadOnlyList<T> from)
    {
        var one = _random.Next(from.Count);
        var other = (one + 1 + _random.Next(from.Count - 1)) % from.Count;
        return (from[one], from[other]);
    }
}
