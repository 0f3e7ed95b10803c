using Memory.Core.Memories;
using Memory.Server.Tools;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Tools;

public sealed class ForgetPreviewsTests
{
    private static readonly Namespace Ns = Namespace.Default;

    private readonly FakeTimeProvider _time = new();
    private readonly ForgetPreviews _previews;
    private readonly ShownMemories _shown = Shown(MemoryId.New(new Random(1)), MemoryId.New(new Random(2)));

    public ForgetPreviewsTests() => _previews = new ForgetPreviews(_time);

    [Fact]
    public void Take_yields_what_was_shown_and_only_once()
    {
        _previews.Remember(Ns, "anna", _shown);

        _previews.Take(Ns, "anna").ShouldBe(_shown);
        _previews.Take(Ns, "anna").ShouldBeNull();
    }

    [Fact]
    public void Take_of_another_query_or_namespace_yields_nothing()
    {
        _previews.Remember(Ns, "anna", _shown);
        Namespace.TryParse("other", out var other).ShouldBeTrue();

        _previews.Take(Ns, "Anna").ShouldBeNull();
        _previews.Take(other, "anna").ShouldBeNull();
        _previews.Take(Ns, "anna").ShouldBe(_shown);
    }

    [Fact]
    public void Take_after_15_minutes_still_works_and_later_does_not()
    {
        _previews.Remember(Ns, "fresh", _shown);
        _previews.Remember(Ns, "stale", _shown);

        _time.Advance(TimeSpan.FromMinutes(15));
        _previews.Take(Ns, "fresh").ShouldBe(_shown);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _previews.Take(Ns, "stale").ShouldBeNull();
    }

    [Fact]
    public void Remember_of_a_second_preview_replaces_the_first()
    {
        var second = Shown(_shown.Matches[1]);
        _previews.Remember(Ns, "anna", _shown);
        _previews.Remember(Ns, "anna", second);

        _previews.Take(Ns, "anna").ShouldBe(second);
    }

    [Fact]
    public void Remember_of_more_than_64_lets_go_of_the_oldest()
    {
        for (var i = 0; i < 65; i++)
        {
            _previews.Remember(Ns, $"query {i}", _shown);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _previews.Take(Ns, "query 0").ShouldBeNull();
        _previews.Take(Ns, "query 1").ShouldBe(_shown);
        _previews.Take(Ns, "query 64").ShouldBe(_shown);
    }

    private static ShownMemories Shown(params MemoryId[] ids) => new(ids, ids.ToHashSet());
}
