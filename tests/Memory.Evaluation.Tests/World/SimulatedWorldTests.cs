using Memory.Core.Memories;
using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

public sealed class SimulatedWorldTests
{
    private static readonly SimulatedWorld World = SimulatedWorld.Create(seed: 7, WorldSize.Small, days: 90);

    [Fact]
    public void Create_makes_the_same_world_of_a_seed_and_another_of_another()
    {
        Told(SimulatedWorld.Create(7, WorldSize.Small, 90)).ShouldBe(Told(World));
        Told(SimulatedWorld.Create(8, WorldSize.Small, 90)).ShouldNotBe(Told(World));
    }

    [Fact]
    public void Statements_come_in_the_order_of_time_and_can_be_stored()
    {
        World.Statements.Select(static s => s.At).ShouldBeInOrder();
        World.Statements.ShouldAllBe(static s => new NewMemory { Content = s.Content, Source = s.Source, Session = s.Session }.Check() == null);
        World.Statements.ShouldAllBe(s => s.At < World.End && !s.Content.Contains('{') && !s.Content.Contains('|') && s.Claims.Count > 0);
    }

    [Fact]
    public void Statements_name_every_value_that_they_claim()
    {
        var names = Subject.Draw(WorldSize.Small, new Random(1)).SelectMany(static s => s.Attributes).SelectMany(static a => a.Values, static (a, v) => (a.Name, v.Split('|')))
            .DistinctBy(static v => (v.Name, v.Item2[0])).ToDictionary(static v => (v.Name, v.Item2[0]), static v => v.Item2);
        foreach (var statement in World.Statements)
        {
            statement.Claims.ShouldAllBe(c => names[new(c.Topic.Attribute, c.Value)].Any(n => statement.Content.Contains(n, StringComparison.OrdinalIgnoreCase)), statement.Content);
        }
    }

    [Fact]
    public void Speakers_err_more_often_the_less_reliable_they_are()
    {
        var shareRight = World.Statements.GroupBy(static s => s.Source).ToDictionary(
            static g => g.Key, static g => g.Average(static s => s.Claims.All(c => World.Truth.Holds(c, s.OccurredAt ?? s.At)) ? 1.0 : 0));

        shareRight["user"].ShouldBeGreaterThan(0.9);
        shareRight["agent:scribe"].ShouldBeInRange(0.5, shareRight["user"]);
    }

    [Fact]
    public void Values_change_and_some_are_asked_about()
    {
        World.Truth.Topics.Count(static t => World.Truth.Eras(t).Count > 1).ShouldBeGreaterThan(10);
        World.Questions.ShouldContain(static q => World.Truth.Eras(q.Topic).Count > 1);
        foreach (var topic in World.Truth.Topics)
        {
            World.Truth.Eras(topic).Zip(World.Truth.Eras(topic).Skip(1)).ShouldAllBe(static e => e.First.From < e.Second.From && !e.First.Values.Contains(e.Second.Values[0]));
        }
    }

    [Fact]
    public void An_ideal_reader_can_answer_nearly_all_questions() => IdealReader.ShareAnswered(World).ShouldBeGreaterThan(0.95);

    private static IReadOnlyList<string> Told(SimulatedWorld world) =>
        [.. world.Statements.Select(static s => $"{s.At:O} {s.Source} {s.Session} {s.OccurredAt:O} {s.Content} {string.Join(';', s.Claims)}"), .. world.Questions.Select(static q => q.Query)];
}
