using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

/// <summary>What every store must keep of vectors and give to an index in memory.</summary>
public abstract partial class MemoryStoreContract
{
    private const string Model = "static/3/a";
    private const string OtherModel = "static/4/b";

    [Fact]
    public async Task VisitIndexRows_gives_every_field_of_every_state()
    {
        var a = await Store.WriteAsync(Mine, w => w.Insert(Memory("Harbor 📦 数据") with
        {
            Kind = MemoryKind.Procedure, Tags = ["a", "b"], Importance = 0.25, Confidence = 0.875, Session = "s", OccurredAt = At.AddDays(-3),
        }));
        var forgotten = await Store.WriteAsync(Mine, w => w.Insert(Memory("gone")));
        var archived = await Store.WriteAsync(Mine, w => w.Insert(Memory(new string('x', 5000)) with { State = MemoryState.Archived, UpdatedAt = At.AddHours(1) }));
        var old = await Store.WriteAsync(Mine, w => w.Insert(Memory("old")));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs", Theirs)));
        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([forgotten.Id]);
            w.Update(old with { State = MemoryState.Superseded });
            w.AddLink(new Link(old.Id, a.Id, LinkKind.SupersededBy, At.AddHours(2)));
            w.SetVector(a.Id, Model, StoredVector.Of([1, -2, 3]));
            return true;
        });

        var (rows, last) = await RowsAsync(0, Model);

        rows.Select(static r => r.Id).ShouldBe([a.Id, forgotten.Id, archived.Id, old.Id]);
        rows[0].ShouldBe(new Row(a.Id, "Harbor 📦 数据", MemoryKind.Procedure, MemoryState.Active, 0.25f, 0.875f, Ms(At), Ms(At.AddDays(-3)), IndexRow.Never, "s", "a,b", 3f / 127, "42,-85,127"));
        (rows[1].Content, rows[1].State, rows[1].Scale, rows[1].Vector).ShouldBe(("", MemoryState.Forgotten, 0, ""));
        (rows[2].Content.Length, rows[2].State, rows[2].EndedAt).ShouldBe((5000, MemoryState.Archived, Ms(At.AddHours(1))));
        (rows[3].State, rows[3].EndedAt, rows[3].Session, rows[3].Tags).ShouldBe((MemoryState.Superseded, Ms(At.AddHours(2)), "", ""));
        last.ShouldBe(await Store.ReadAsync(Mine, static r => r.ChangedAfter(0, 100).Max(static m => m.Sequence)));
    }

    [Theory]
    [InlineData(MemoryKind.Fact)]
    [InlineData(MemoryKind.Preference)]
    [InlineData(MemoryKind.Decision)]
    [InlineData(MemoryKind.Procedure)]
    [InlineData(MemoryKind.Event)]
    [InlineData(MemoryKind.Note)]
    public async Task VisitIndexRows_knows_every_kind(MemoryKind kind)
    {
        await Store.WriteAsync(Mine, w => w.Insert(Memory("x") with { Kind = kind }));

        (await RowsAsync(0, Model)).Rows.Single().Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task VisitIndexRows_after_a_place_gives_what_changed_since_in_the_order_it_was_stored()
    {
        var a = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));
        var b = await Store.WriteAsync(Mine, w => w.Insert(Memory("b")));
        var c = await Store.WriteAsync(Mine, w => w.Insert(Memory("c")));
        await Store.WriteAsync(Mine, w => w.Update(b with { Importance = 0.9 }));
        var place = await Store.ReadAsync(Mine, static r => r.LastSequence());

        (await RowsAsync(place, Model)).ShouldSatisfyAllConditions(r => r.Rows.ShouldBeEmpty(), r => r.Last.ShouldBe(place));
        (await RowsAsync(a.Sequence, Model)).Rows.Select(static r => r.Id).ShouldBe([b.Id, c.Id]);
        (await RowsAsync(c.Sequence, Model)).Rows.Select(static r => r.Id).ShouldBe([b.Id]);

        // A vector that comes later is a change.
        await SetAsync(a.Id, Model, [1, 0, 0]);
        (await RowsAsync(place, Model)).Rows.Single().Id.ShouldBe(a.Id);
    }

    [Fact]
    public async Task VisitIndexRows_of_what_merged_ends_with_its_link_and_of_what_is_active_again_never()
    {
        var a = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));
        var b = await Store.WriteAsync(Mine, w => w.Insert(Memory("b")));
        var merged = await Store.WriteAsync(Mine, w =>
        {
            w.AddLink(new Link(a.Id, b.Id, LinkKind.MergedInto, At.AddHours(5)));
            return w.Update(a with { State = MemoryState.Merged });
        });
        (await RowsAsync(0, Model)).Rows[0].EndedAt.ShouldBe(Ms(At.AddHours(5)));

        await Store.WriteAsync(Mine, w =>
        {
            w.RemoveLink(a.Id, b.Id, LinkKind.MergedInto);
            return w.Update(merged with { State = MemoryState.Active });
        });
        (await RowsAsync(0, Model)).Rows[0].EndedAt.ShouldBe(IndexRow.Never);
    }

    [Fact]
    public async Task SetVector_replaces_that_of_its_model_and_no_other_and_survives_reopening()
    {
        var id = (await Store.WriteAsync(Mine, w =>
        {
            var memory = w.Insert(Memory("a"));
            w.SetVector(memory.Id, Model, StoredVector.Of([1, 0, 0]));
            return memory;
        })).Id;
        await SetAsync(id, OtherModel, [0, 0, 0, 1]);
        await SetAsync(id, Model, [0, 1, 0]);
        await Store.DisposeAsync();
        Store = Open();

        (await VectorAsync(Model)).ShouldBe("0,127,0");
        (await VectorAsync(OtherModel)).ShouldBe("0,0,0,127");
        (await VectorAsync("unknown/3/c")).ShouldBe("");
    }

    [Fact]
    public async Task SetVector_that_is_no_change_leaves_the_place_in_the_order_of_changes()
    {
        var id = (await Store.WriteAsync(Mine, w => w.Insert(Memory("a")))).Id;
        var last = await Store.ReadAsync(Mine, static r => r.LastSequence());

        await Store.WriteAsync(Mine, w => { w.SetVector(id, Model, StoredVector.Of([1, 0, 0]), isChange: false); return true; });
        (await Store.ReadAsync(Mine, static r => r.LastSequence())).ShouldBe(last);
        await Store.WriteAsync(Mine, w => { w.SetVector(id, Model, StoredVector.Of([1, 0, 0])); return true; });
        (await Store.ReadAsync(Mine, static r => r.LastSequence())).ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task VectorsOf_gives_those_of_the_model_of_the_memories_and_namespace_that_are_asked_for()
    {
        var a = (await Store.WriteAsync(Mine, w => w.Insert(Memory("a")))).Id;
        var b = (await Store.WriteAsync(Mine, w => w.Insert(Memory("b")))).Id;
        var theirs = (await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs", Theirs)))).Id;
        await SetAsync(a, Model, [0, 1, 0]);
        await SetAsync(a, OtherModel, [0, 0, 0, 1]);
        await SetAsync(b, OtherModel, [1, 0, 0, 0]);
        await Store.WriteAsync(Theirs, w => { w.SetVector(theirs, Model, StoredVector.Of([1, 0, 0])); return true; });

        var found = await Store.ReadAsync(Mine, r => r.VectorsOf([a, b, theirs], Model));

        found.Keys.ShouldBe([a]);
        found[a].Values.ToArray().ShouldBe(new sbyte[] { 0, 127, 0 });
        found[a].Scale.ShouldBe(1f / 127);
        (await Store.ReadAsync(Mine, r => r.VectorsOf([b], OtherModel))).Keys.ShouldBe([b]);
        (await Store.ReadAsync(Mine, r => r.VectorsOf([a], "unknown/3/c"))).ShouldBeEmpty();
        (await Store.ReadAsync(Mine, r => r.VectorsOf([], Model))).ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutVector_gives_what_lacks_one_in_the_order_it_was_stored_and_nothing_forgotten()
    {
        var ids = new List<MemoryId>();
        foreach (var content in new[] { "a", "b", "c", "d" })
        {
            ids.Add((await Store.WriteAsync(Mine, w => w.Insert(Memory(content)))).Id);
        }

        await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs", Theirs)));
        await SetAsync(ids[1], Model, [1, 0, 0]);
        await SetAsync(ids[2], OtherModel, [1, 0, 0, 0]);
        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([ids[3]]);
            return true;
        });

        (await WithoutAsync(Model, 10)).ShouldBe([new Statement(ids[0], "a"), new Statement(ids[2], "c")]);
        (await WithoutAsync(Model, 1)).ShouldBe([new Statement(ids[0], "a")]);
        (await WithoutAsync("unknown/3/c", 10)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task RemoveVectorsExcept_keeps_those_of_the_model_and_of_other_namespaces()
    {
        var id = (await Store.WriteAsync(Mine, w => w.Insert(Memory("a")))).Id;
        var theirs = (await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs", Theirs)))).Id;
        await SetAsync(id, Model, [1, 0, 0]);
        await SetAsync(id, OtherModel, [1, 0, 0, 0]);
        await SetAsync(theirs, OtherModel, [1, 0, 0, 0], Theirs);

        await RemoveAsync(Model);

        (await WithoutAsync(Model, 10)).ShouldBeEmpty();
        (await WithoutAsync(OtherModel, 10)).ShouldHaveSingleItem();
        (await Store.ReadAsync(Theirs, static r => r.WithoutVector(OtherModel, 10))).ShouldBeEmpty();

        Task<bool> RemoveAsync(string model) => Store.WriteAsync(Mine, w =>
        {
            w.RemoveVectorsExcept([model]);
            return true;
        });
    }

    [Fact]
    public async Task Erase_removes_every_vector_of_the_memory()
    {
        var id = (await Store.WriteAsync(Mine, w => w.Insert(Memory("a")))).Id;
        await SetAsync(id, Model, [1, 0, 0]);
        await SetAsync(id, OtherModel, [1, 0, 0, 0]);

        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([id]);
            return true;
        });

        (await VectorAsync(Model)).ShouldBe("");
        (await VectorAsync(OtherModel)).ShouldBe("");
    }

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private Task<bool> SetAsync(MemoryId id, string model, float[] vector, Namespace? ns = null) => Store.WriteAsync(ns ?? Mine, w =>
    {
        w.SetVector(id, model, StoredVector.Of(vector));
        return true;
    });

    private Task<IReadOnlyList<Statement>> WithoutAsync(string model, int limit) => Store.ReadAsync(Mine, r => r.WithoutVector(model, limit));

    private async Task<string> VectorAsync(string model) => (await RowsAsync(0, model)).Rows.Single().Vector;

    private Task<(List<Row> Rows, long Last)> RowsAsync(long after, string model) => Store.ReadAsync(Mine, r =>
    {
        var rows = new List<Row>();
        var last = r.VisitIndexRows(after, model, (in IndexRow row) => rows.Add(new Row(
            row.Id, row.Content.ToString(), row.Kind, row.State, row.Importance, row.Confidence, row.CreatedAt, row.When, row.EndedAt, row.Session,
            string.Join(',', row.Tags.Order(StringComparer.Ordinal)), row.Scale, string.Join(',', row.Vector.ToArray()))));
        return (rows, last);
    });

    private sealed record Row(
        MemoryId Id, string Content, MemoryKind Kind, MemoryState State, float Importance, float Confidence, long CreatedAt, long When, long EndedAt,
        string Session, string Tags, float Scale, string Vector);
}
