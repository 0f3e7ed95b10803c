using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class AttributesTests
{
    private static readonly IReadOnlyList<WorldAttribute> All = [.. Subject.Draw(WorldSize.Small, new Random(1)).SelectMany(static s => s.Attributes).Distinct()];

    [Fact]
    public void Names_are_unique() => All.Select(static a => a.Name).ShouldBeUnique();

    [Fact]
    public void Every_attribute_has_several_wordings_and_questions() =>
        All.ShouldAllBe(static a => a.States.Count >= 7 && a.Questions.Count >= 2 && (a.ChangesIn90Days == 0 || a.Changes.Count >= 4) && a.Values.Count > a.ValuesAtOnce + 2);

    [Fact]
    public void Wordings_name_what_they_claim()
    {
        All.SelectMany(static a => a.States).ShouldAllBe(static w => w.Contains("{s}") && w.Contains("{v}") && !w.Contains("{o}"));
        All.SelectMany(static a => a.Changes).ShouldAllBe(static w => w.Contains("{s}") && w.Contains("{v}"));
        All.SelectMany(static a => a.Ends).ShouldAllBe(static w => w.Contains("{s}") && w.Contains("{o}") && !w.Contains("{v}"));
        All.SelectMany(static a => a.Questions).ShouldAllBe(static w => w.Contains("{s}") && !w.Contains("{v}"));
    }

    [Fact]
    public void No_wording_is_that_of_two_attributes_with_common_values() =>
        All.SelectMany(static a => a.States.Concat(a.Changes), static (a, w) => (Wording: w, Attribute: a))
            .GroupBy(static w => w.Wording)
            .Where(static g => g.Select(static w => w.Attribute).Distinct().SelectMany(static a => a.Values).GroupBy(static v => v).Any(static v => v.Count() > 1))
            .ShouldBeEmpty();
}
