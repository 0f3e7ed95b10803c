using Memory.Core.Recall.Index;
using static Memory.Core.Tests.Recall.Index.KeptIndex;

namespace Memory.Core.Tests.Recall.Index;

public sealed class IndexKeepingFaultTests
{
    // Before it, one write finds nothing to remove, one begins, and one adds the first part.
    private const int SecondPart = 3;

    [Theory]
    [InlineData("UPDATE index_snapshots SET state = 'begun'", "UPDATE index_snapshots SET state = 'whole'")]
    [InlineData("UPDATE index_snapshots SET state = 'ending'", "UPDATE index_snapshots SET state = 'whole'")]
    [InlineData("UPDATE index_parts SET snapshot = (SELECT min(number) FROM index_snapshots) WHERE section = 0", "UPDATE index_parts SET snapshot = (SELECT max(number) FROM index_snapshots)")]
    [InlineData("UPDATE index_snapshots SET build = build || 'x'", "UPDATE index_snapshots SET build = rtrim(build, 'x')")]
    [InlineData("UPDATE index_parts SET checksum = checksum - 1 WHERE section = 5", "UPDATE index_parts SET checksum = checksum + 1 WHERE section = 5")]
    [InlineData("UPDATE index_snapshots SET namespace = 'theirs'", "UPDATE index_snapshots SET namespace = 'default' WHERE namespace = 'theirs'")]
    [InlineData("UPDATE index_snapshots SET model = 'another'", "UPDATE index_snapshots SET model = (SELECT name FROM models) WHERE namespace = 'default'")]
    public async Task Load_of_what_is_not_whole_of_another_build_namespace_or_model_or_damaged_gives_none(string change, string back)
    {
        await using var f = await FilledAsync();
        // Of another one, to which a part can be moved.
        Execute(f, "INSERT INTO index_snapshots (namespace, model, build, sequence, state, parts) VALUES ('elsewhere', 'm', 'b', 0, 'begun', 0)");
        await KeepAsync(f);

        Execute(f, change);
        (await LoadAsync(f)).ShouldBeNull();
        Execute(f, back);
        (await LoadAsync(f)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_of_a_damaged_kept_index_reads_the_rows_and_the_next_look_keeps_it_anew()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        Execute(f, "UPDATE index_parts SET data = zeroblob(length(data)) WHERE section = 4");
        using var indexes = new RecallIndexes();

        (await ReadAsync(f, indexes)).ShouldBe(await CountAsync(f));
        (await LoadAsync(f)).ShouldBeNull();
        await KeepDueAsync(f, indexes, fewestEntries: 1, fewestChanges: 1);

        await ShouldBeAsReadAsync(f, (await LoadAsync(f)).ShouldNotBeNull());
    }

    [Fact]
    public async Task Load_of_any_part_filled_with_any_numbers_gives_none_whatever_they_say()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        var sections = Enum.GetValues<IndexSection>();

        foreach (var section in sections)
        {
            foreach (var bytes in (string[])["FFFFFFFF", "7FFFFFFF", "FFFFFF7F", "00000080", "01000000", "00000000"])
            {
                foreach (var at in (int[])[1, 5, 9, 13, 17, 33])
                {
                    var where = $"section = {(int)section} AND length(data) >= {at + 3} AND substr(data, {at}, 4) <> x'{bytes}'";
                    var damaged = Scalar(f, $"SELECT count(*) FROM index_parts WHERE {where}") > 0;
                    Execute(f, $"CREATE TABLE whole AS SELECT part, data FROM index_parts; UPDATE index_parts SET data = CAST(substr(data, 1, {at - 1}) || x'{bytes}' || substr(data, {at + 4}) AS BLOB) WHERE {where}");

                    (await LoadAsync(f) is null).ShouldBe(damaged, $"{section} {bytes} {at}");

                    Execute(f, "UPDATE index_parts SET data = (SELECT data FROM whole WHERE whole.part = index_parts.part); DROP TABLE whole");
                }
            }
        }

        (await LoadAsync(f)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("UPDATE index_parts SET data = CAST(substr(data, 1, length(data) - 1) AS BLOB) WHERE section = 4")]
    [InlineData("UPDATE index_parts SET data = CAST(data || x'00' AS BLOB) WHERE section = 4")]
    [InlineData("UPDATE index_parts SET data = x'' WHERE section = 4")]
    [InlineData("UPDATE index_parts SET section = 1 << 40 WHERE section = 4")]
    public async Task Load_of_a_part_of_another_length_or_section_gives_none(string change)
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);

        Execute(f, change);

        (await LoadAsync(f)).ShouldBeNull();
    }

    [Fact]
    public async Task Keep_by_two_processes_at_once_leaves_one_that_is_whole()
    {
        await using var f = await FilledAsync();
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        await using var store = f.AnotherStore();
        var other = new IndexKeeping(store, indexes, f.Time);

        // The other one begins amid this one, removes what this one wrote, and is done before this one goes on.
        (await KeepAsync(f, SecondPart, () => other.KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken))).ShouldBeFalse();

        await ShouldBeAsReadAsync(f, (await LoadAsync(f)).ShouldNotBeNull());
        Scalar(f, "SELECT count(*) FROM index_snapshots").ShouldBe(1);
    }

    [Fact]
    public async Task Keep_while_another_process_removes_its_parts_is_never_whole()
    {
        await using var f = await FilledAsync();

        (await KeepAsync(f, SecondPart, () => f.Store.WriteAsync(Ns, static w => w.RemoveIndexPart(TestIndex.Model)))).ShouldBeFalse();

        (await LoadAsync(f)).ShouldBeNull();
    }

    [Fact]
    public async Task Examine_tells_of_a_damaged_kept_index_and_removes_it()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Execute(f, "UPDATE index_parts SET data = zeroblob(length(data)) WHERE section = 4");

        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Check.ShouldBe("kept indexes");
        (await f.Store.ExamineAsync(repair: true, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        (await f.Store.ExamineAsync(repair: false, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Kept(f).ShouldBeEmpty();
    }

    [Fact]
    public async Task Examine_that_repairs_anything_removes_what_was_kept_of_it()
    {
        await using var f = await FilledAsync();
        await KeepAsync(f);
        Execute(f, "PRAGMA foreign_keys = OFF; INSERT INTO tags (memory, tag) VALUES (4711, 'dangling')");

        (await f.Store.ExamineAsync(repair: true, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        Kept(f).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keep_after_one_that_was_killed_leaves_one_index_and_its_parts()
    {
        await using var f = await FilledAsync();
        await Should.ThrowAsync<IOException>(() => KeepAsync(f, SecondPart, static () => throw new IOException("killed")));
        Scalar(f, "SELECT count(*) FROM index_parts").ShouldBe(1);
        (await LoadAsync(f)).ShouldBeNull();

        await KeepAsync(f);
        var parts = Scalar(f, "SELECT count(*) FROM index_parts");
        await KeepAsync(f);

        Scalar(f, "SELECT count(*) FROM index_snapshots").ShouldBe(1);
        Scalar(f, "SELECT count(*) FROM index_parts").ShouldBe(parts);
        (await LoadAsync(f)).ShouldNotBeNull();
    }
}
