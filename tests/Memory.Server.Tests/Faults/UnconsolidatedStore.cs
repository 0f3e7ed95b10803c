using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Tests.Commands;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Faults;

/// <summary>
/// A store that nobody has consolidated for a year and a half: every stage has much to do. Beside it what one whole run makes of it.
/// </summary>
public sealed class UnconsolidatedStore : IAsyncLifetime
{
    /// <summary>Statements stored three times each, in other punctuation or case.</summary>
    public const int Clusters = 60;

    /// <summary>Facts, and what later says of each that it has changed: they are superseded.</summary>
    private static readonly (string Was, string Is)[] Changes =
    [
        ("Mara lives in Oslo.", "Mara moved to Bergen."),
        ("Henrik uses npm.", "Henrik switched from npm to pnpm."),
        ("Depot 12 is heated with gas.", "Depot 12 is no longer heated with gas."),
        ("The Falcon squad deploys with Jenkins.", "The Falcon squad switched from Jenkins to Drone."),
    ];

    /// <summary>Notes that nobody recalled: they are rescored and archived.</summary>
    public const int Notes = 150;

    /// <summary>Facts that are only rescored; more than so many that texts are read, which would take most of the time.</summary>
    public const int Facts = 450;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The store after one run from beginning to end.</summary>
    internal IReadOnlyList<StoredState> Consolidated { get; private set; } = [];

    private string Template => _folder.File("template.db");

    public async ValueTask InitializeAsync()
    {
        await FillAsync();
        var whole = CopyTo(_folder.Path, "whole.db");
        var report = (await CommandFixture.InProcessOnAsync(whole, "consolidate", "--json")).ShouldEnd(0).Json;
        report.GetProperty("merged").GetInt32().ShouldBe(Clusters * 2);
        report.GetProperty("superseded").GetInt32().ShouldBe(Changes.Length);
        report.GetProperty("rescored").GetInt32().ShouldBe(Notes + Facts + Changes.Length);
        report.GetProperty("archived").GetInt32().ShouldBe(Notes);

        using var copy = new DatabaseCopy(whole);
        Consolidated = StoredState.Of(copy);
    }

    /// <summary>A copy of the store as it was before any run.</summary>
    public string CopyTo(string folder, string name)
    {
        var copy = Path.Combine(folder, name);
        File.Copy(Template, copy, overwrite: true);
        return copy;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FillAsync()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow - TimeSpan.FromDays(550));
        await using var store = new SqliteMemoryStore(Template, time);
        await using var memories = new MemoryService(store, time, new Random(1));
        var statements = Enumerable.Range(0, Clusters).SelectMany(static i => new[]
            {
                new NewMemory { Content = $"The valve {i} opens at {i * 3} bar, and closes at {i} bar.", Kind = MemoryKind.Fact, Tags = ["first"], Session = "one" },
                new NewMemory { Content = $"valve {i} opens at {i * 3} bar and closes at {i} bar", Kind = MemoryKind.Fact, Tags = ["second"], Session = "two", Importance = 0.7 },
                new NewMemory { Content = $"Valve {i} opens at {i * 3} bar; and closes at {i} bar!", Kind = MemoryKind.Fact, Tags = ["third"], Source = "user" },
            })
            .Concat(Changes.Select(static c => new NewMemory { Content = c.Was, Kind = MemoryKind.Fact }))
            .Concat(Enumerable.Range(0, Notes).Select(static i => new NewMemory { Content = $"Visitor {i} waits at gate {i % 17} with {i * 3} bags.", Kind = MemoryKind.Note }))
            .Concat(Enumerable.Range(0, Facts).Select(static i => new NewMemory { Content = $"Locker {i} on floor {i / 7} belongs to team {i % 23} for {i * 2} days.", Kind = MemoryKind.Fact }));
        foreach (var batch in statements.Chunk(MemoryService.MaxBatch))
        {
            (await memories.StoreAsync(Namespace.Default, batch)).Succeeded.ShouldBeTrue();
        }

        time.Advance(TimeSpan.FromMinutes(1));
        (await memories.StoreAsync(Namespace.Default, [.. Changes.Select(static c => new NewMemory { Content = c.Is, Kind = MemoryKind.Fact })])).Succeeded.ShouldBeTrue();
    }
}
