using Memory.Core.Memories;
using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class HoldingsTests
{
    private static readonly Claim Oslo = new(new Topic("Mira", "home city"), "Oslo");
    private static readonly Claim Bergen = Oslo with { Value = "Bergen" };
    private static readonly Claim NotOslo = Oslo with { Denied = true };
    private static readonly Claim Job = new(new Topic("Mira", "employer"), "Brightwater");

    private readonly StoreDouble _store = new();

    [Fact]
    public void Claims_follow_merges_through_merges()
    {
        var (first, second, third) = (_store.Add(MemoryState.Merged, Oslo), _store.Add(MemoryState.Merged, Job), _store.Add(MemoryState.Active, Bergen));
        _store.Link(first, second, LinkKind.MergedInto);
        _store.Link(second, third, LinkKind.MergedInto);

        _store.Holdings().Claims(third).ShouldBe([Oslo, Job, Bergen], ignoreOrder: true);
        _store.Holdings().OwnClaims(third).ShouldBe([Bergen]);
    }

    [Fact]
    public void Claims_do_not_take_over_what_was_superseded()
    {
        var (old, current) = (_store.Add(MemoryState.Superseded, Oslo), _store.Add(MemoryState.Active, Bergen));
        _store.Link(old, current, LinkKind.SupersededBy);

        _store.Holdings().Claims(current).ShouldBe([Bergen]);
    }

    [Fact]
    public void Lost_is_nothing_that_is_active_archived_or_replaced_by_what_is()
    {
        var (merged, superseded, archived, active) = (
            _store.Add(MemoryState.Merged, Oslo), _store.Add(MemoryState.Superseded, Oslo), _store.Add(MemoryState.Archived, Oslo), _store.Add(MemoryState.Active, Bergen));
        _store.Link(merged, superseded, LinkKind.MergedInto);
        _store.Link(superseded, active, LinkKind.SupersededBy);

        _store.Holdings().Lost().ShouldBeEmpty();
        archived.ShouldNotBe(active);
    }

    [Theory]
    [InlineData(MemoryState.Merged)]
    [InlineData(MemoryState.Superseded)]
    [InlineData(MemoryState.Forgotten)]
    public void Lost_is_what_leads_nowhere(MemoryState state)
    {
        _store.Add(state, Oslo);

        _store.Holdings().Lost().ShouldHaveSingleItem().Claims.ShouldBe([Oslo]);
    }

    [Fact]
    public void Lost_is_what_leads_in_a_circle()
    {
        var (first, second) = (_store.Add(MemoryState.Merged, Oslo), _store.Add(MemoryState.Merged, Oslo));
        _store.Link(first, second, LinkKind.MergedInto);
        _store.Link(second, first, LinkKind.MergedInto);

        _store.Holdings().Lost().Count.ShouldBe(2);
    }

    [Fact]
    public void Lost_is_what_has_other_words_unless_the_ledger_kept_them()
    {
        var memory = _store.Add(MemoryState.Active, Oslo);
        _store.Say(memory, "mira lives in OSLO", Oslo);
        _store.Holdings().Lost().ShouldHaveSingleItem().Content.ShouldBe("mira lives in OSLO");

        _store.KeepWords(memory, "mira lives in OSLO");
        _store.Holdings().Lost().ShouldBeEmpty();
    }

    [Fact]
    public void ChangedSince_counts_memories_that_are_new_or_were_written()
    {
        var memory = _store.Add(MemoryState.Active, Oslo);
        var before = _store.Holdings();
        _store.Holdings().ChangedSince(before).ShouldBeEmpty();

        _store.Touch(memory);
        _store.Add(MemoryState.Active, Bergen);
        _store.Holdings().ChangedSince(before).Select(static c => c.Before is null).ShouldBe([false, true], ignoreOrder: true);
    }

    [Fact]
    public void MergeFigures_take_the_same_claim_and_a_part_beside_the_whole_for_right()
    {
        var whole = _store.Add(MemoryState.Active, Bergen, NotOslo);
        Merge(whole, Bergen);
        Merge(whole, NotOslo);

        MergeFigures.Of(_store.Holdings()).ShouldBe(new MergeFigures(Rightly: 3, Wrongly: 0, LeftApart: 0));
    }

    [Fact]
    public void MergeFigures_take_any_other_pair_for_wrong()
    {
        var representative = _store.Add(MemoryState.Active, Bergen);
        Merge(representative, Bergen);
        Merge(representative, Oslo);

        MergeFigures.Of(_store.Holdings()).ShouldBe(new MergeFigures(Rightly: 1, Wrongly: 2, LeftApart: 0));
    }

    [Fact]
    public void MergeFigures_count_active_memories_of_one_claim_as_left_apart()
    {
        foreach (var claim in new[] { Oslo, Oslo, Oslo, Bergen })
        {
            _store.Add(MemoryState.Active, claim);
        }

        _store.Add(MemoryState.Superseded, Bergen);

        MergeFigures.Of(_store.Holdings()).ShouldBe(new MergeFigures(Rightly: 0, Wrongly: 0, LeftApart: 3));
    }

    private void Merge(MemoryId into, Claim claim) => _store.Link(_store.Add(MemoryState.Merged, claim), into, LinkKind.MergedInto);
}
