using System.Text;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall.Index;
using Memory.Core.Tests.Operations;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Recall.Index;

/// <summary>A store whose index is kept, and what lies in its file.</summary>
internal static class KeptIndex
{
    public static readonly Namespace Ns = ServiceFixture.Ns;

    public static async Task<ServiceFixture> FilledAsync()
    {
        var f = new ServiceFixture();
        for (var i = 0; i < 12; i++)
        {
            await f.StoreAsync(
                $"Harbor's queue {i} reviews the naïve café of Mara, twice: reviews {i % 3}", session: i % 2 == 0 ? $"s{i % 4}" : null, tags: i % 3 == 0 ? ["ops", $"t{i}"] : []);
        }

        await f.StoreAsync("You like tea?", MemoryKind.Preference, session: "s0", occurredAt: ServiceFixture.Start.AddYears(-3));
        await f.StoreAsync("theirs alone", ns: Namespace.TryParse("theirs", out var theirs) ? theirs : default);
        await ChangeAsync(f, forget: true);
        return f;
    }

    // Something of every sort: new, tagged anew, moved to another day, superseded, forgotten.
    public static async Task ChangeAsync(ServiceFixture f, bool forget)
    {
        var active = (await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, 100))).Where(static m => m.State == MemoryState.Active).ToList();
        await f.Memories.UpdateAsync(Ns, active[0].Id, new MemoryChange { Tags = ["fresh"], OccurredAt = ServiceFixture.Start.AddDays(-active.Count) });
        await f.Memories.UpdateAsync(Ns, active[1].Id, new MemoryChange { Content = $"Instead, gooseberries {active.Count}" });
        if (forget)
        {
            await f.Memories.ForgetAsync(Ns, [active[2].Id]);
        }

        await f.StoreAsync($"Wholly new words, quinces and medlars {active.Count}", tags: ["new"], session: "s0");
    }

    public static async Task<MemoryId> AnActiveAsync(ServiceFixture f) =>
        (await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, 100))).First(static m => m.State == MemoryState.Active).Id;

    public static async Task ShouldBeAsReadAsync(ServiceFixture f, NamespaceIndex loaded)
    {
        var read = await TestIndex.OfAsync(f);
        TestIndex.Dump(loaded).ShouldBe(TestIndex.Dump(read));
        TestIndex.DumpWords(loaded).ShouldBe(TestIndex.DumpWords(read));
    }

    public static Task<int> CountAsync(ServiceFixture f) => f.Store.ReadAsync(Ns, static r => r.Count());

    public static async Task<bool> KeepAsync(ServiceFixture f)
    {
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        return await KeepAsync(f, indexes);
    }

    public static Task<bool> KeepAsync(ServiceFixture f, RecallIndexes indexes) =>
        new IndexKeeping(f.Store, indexes, f.Time).KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken);

    // What happens before a write is in the index in memory too.
    public static async Task<bool> KeepAsync(ServiceFixture f, int beforeWrite, Func<Task> happens)
    {
        using var indexes = new RecallIndexes();
        await ReadAsync(f, indexes);
        var store = new WatchedStore(f.Store, write =>
        {
            if (write == beforeWrite)
            {
                happens().GetAwaiter().GetResult();
                ReadAsync(f, indexes).GetAwaiter().GetResult();
            }
        });
        return await new IndexKeeping(store, indexes, f.Time).KeepAsync(Ns, TestIndex.Model, TestContext.Current.CancellationToken);
    }

    public static Task<int> ReadAsync(ServiceFixture f, RecallIndexes indexes) =>
        f.Store.ReadAsync(Ns, r => indexes.Read(r, TestIndex.Model, TestIndex.Dimensions, static i => i.Count));

    public static Task KeepDueAsync(ServiceFixture f, RecallIndexes indexes, int fewestEntries, int fewestChanges) =>
        new IndexKeeping(f.Store, indexes, f.Time, fewestEntries, fewestChanges).KeepDueAsync(TestContext.Current.CancellationToken);

    public static Task<NamespaceIndex?> LoadAsync(ServiceFixture f) =>
        f.Store.ReadAsync(Ns, static r => NamespaceIndex.Load(r, TestIndex.Model, TestIndex.Dimensions));

    public static string Kept(ServiceFixture f)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM index_parts ORDER BY part";
        using var reader = command.ExecuteReader();
        var text = new StringBuilder();
        while (reader.Read())
        {
            text.Append(Encoding.Latin1.GetString((byte[])reader[0]));
        }

        return text.ToString();
    }

    public static void Execute(ServiceFixture f, string sql)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(ServiceFixture f, string sql)
    {
        using var connection = Open(f);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public static SqliteConnection Open(ServiceFixture f)
    {
        var connection = new SqliteConnection($"Data Source={f.Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
