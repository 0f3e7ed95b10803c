using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Memory.Learning;
using Memory.Server.Callers;
using Memory.Server.Configuration;
using Memory.Server.Embeddings;
using Memory.Server.Language;
using Memory.Server.Prompts;
using Memory.Server.Resources;
using Memory.Server.Scheduling;
using Memory.Server.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Puts the parts together, by hand: what depends on what can be read here, and start-up pays for no container.</summary>
internal sealed class ServerComposition : IAsyncDisposable
{
    private readonly SqliteMemoryStore _file;
    private readonly RecallIndexes _indexes;
    private readonly LanguageModelSource _languageModel;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerComposition(ServerSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        var file = new SqliteMemoryStore(settings.Database, time, settings.BackupsKept);
        Callers = new CallerContext(settings.Namespace);
        Store = new WalledStore(file, Callers, settings.Quota, time, loggers.CreateLogger<CoalescedPurge>());
        Turns = new CallerTurns(Callers, time);
        Access = _file = file;
        Keys = new ApiKeys(file, time);
        Audit = new AuditLog(file, Callers, time, settings.AuditRetention, loggers.CreateLogger<AuditLog>());
        DefaultNamespace = settings.Namespace;
        Embeddings = new EmbeddingSource(
            StaticEmbedder.DefaultPath,
            settings.Embeddings == EmbeddingProviders.Static
                ? null
                : () => EmbeddingProviders.Create(settings.Embeddings, Environment.GetEnvironmentVariable, UserData.Models, time),
            SentenceEncoder.DefaultPath);
        _indexes = new RecallIndexes();
        Memories = new MemoryService(
            Store, time, Random.Shared, settings.RememberQueries ? null : RecallOptions.Default with { RememberedQueries = 0 },
            embeddings: Embeddings, logger: loggers.CreateLogger<MemoryService>(), indexes: _indexes, screen: new Screen(settings.Secrets));
        _languageModel = LanguageModels.Create(settings.LanguageModel, Environment.GetEnvironmentVariable, time);
        Consolidator = new Consolidator(
            Store, time, Random.Shared, logger: loggers.CreateLogger<Consolidator>(), embeddings: Embeddings, indexes: _indexes,
            models: new PairModels(static () => PairModelFile.Load(PairModelFile.DefaultPath), () => Embeddings.LoadEncoder(), static () => PairNetwork.Load(PairNetwork.DefaultPath)),
            languageModel: _languageModel, turns: new ConsolidationTurns(Callers, time).EnterAsync);
        var nightly = new NightlyService(
            settings.Schedule,
            new NightlyJob(Consolidator, time, loggers.CreateLogger<NightlyJob>(), Audit),
            Store,
            settings.CatchUpDelay,
            time,
            loggers.CreateLogger<NightlyService>());
        var backups = new BackupService(settings.BackupSchedule, new BackupJob(Store, time, loggers.CreateLogger<BackupJob>()), Store, settings.CatchUpDelay, time);
        Scheduled = [nightly, backups];
        ITool[] tools =
        [
            new StoreTool(Memories),
            new RecallTool(Memories),
            new UpdateTool(Memories),
            new ForgetTool(Memories, new ForgetPreviews(time)),
            new FeedbackTool(Memories),
            new GraphTool(Memories),
            new StatusTool(Memories, Store, settings.Schedule, time),
            new ConsolidateTool(Consolidator),
        ];
        Failures = new RequestFailures(Callers, loggers.CreateLogger<RequestFailures>());
        Tools = new ToolCatalog(tools, Callers, Turns, Audit, Failures, loggers.CreateLogger<ToolCatalog>(), _asked.TrySetResult);
        Mcp = McpOptions.Create(
            Tools,
            new ResourceCatalog(Memories, Consolidator, Store, Callers, Turns, Audit, Failures),
            new PromptCatalog(Memories, Callers, Turns, Audit, Failures),
            new CompletionCatalog(Memories, Store, Callers, Audit, Failures));
    }

    public Namespace DefaultNamespace { get; }

    /// <summary>Completes soon after the client asked for the list of tools or called one: what can wait, waits for that.</summary>
    public Task Asked => _asked.Task;

    public RecallIndexes Indexes => _indexes;

    /// <summary>Memories, behind the wall between callers.</summary>
    public IMemoryStore Store { get; }

    /// <summary>Keys and the audit log.</summary>
    public IAccessStore Access { get; }

    public CallerContext Callers { get; }

    public CallerTurns Turns { get; }

    public ApiKeys Keys { get; }

    public AuditLog Audit { get; }

    public RequestFailures Failures { get; }

    public ToolCatalog Tools { get; }

    public EmbeddingSource Embeddings { get; }

    public MemoryService Memories { get; }

    public Consolidator Consolidator { get; }

    /// <summary>What runs by the clock, if anything is due: consolidation and backups.</summary>
    public IReadOnlyList<BackgroundService> Scheduled { get; }

    public McpServerOptions Mcp { get; }

    /// <summary>Puts a backup in the place of the configured database; see <see cref="DatabaseRestore"/>.</summary>
    public static Outcome<RestoreReport> Restore(string backup, ServerSettings settings, bool overwrite, TimeProvider time) =>
        DatabaseRestore.Restore(backup, settings.Database, overwrite, time);

    /// <summary>That there is no database to read, or none that may be opened; <see langword="null"/> when there is something, or nobody may look.</summary>
    public static Problem? Absence(ServerSettings settings) => DatabaseFiles.Absence(settings.Database) ?? DatabaseFiles.Unusable(settings.Database) ?? EmptyDatabase.Find(settings.Database);

    /// <summary>The process is about to end: nothing waits any longer for another one that writes.</summary>
    public void Hasten() => _file.Hasten();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Scheduled)
        {
            service.Dispose();
        }

        await Memories.DisposeAsync();
        await Audit.DisposeAsync();
        _indexes.Dispose();
        await Store.DisposeAsync();
        Embeddings.Dispose();
        _languageModel.Dispose();
    }
}
