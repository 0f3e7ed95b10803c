using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Language;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Screening;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Memory.Learning;
using Memory.Server.Configuration;
using Memory.Server.Embeddings;
using Memory.Server.Language;
using Memory.Server.Prompts;
using Memory.Server.Resources;
using Memory.Server.Scheduling;
using Memory.Server.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Puts the parts together, by hand: what depends on what can be read here, and start-up pays for no container.</summary>
internal sealed class ServerComposition : IAsyncDisposable
{
    private readonly RecallIndexes _indexes;
    private readonly LanguageModelSource _languageModel;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerComposition(ServerSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        Store = new SqliteMemoryStore(settings.Database, time, settings.BackupsKept);
        DefaultNamespace = settings.Namespace;
        Embeddings = new EmbeddingSource(
            StaticEmbedder.DefaultPath,
            settings.Embeddings == EmbeddingProviders.Static
                ? null
                : () => EmbeddingProviders.Create(settings.Embeddings, Environment.GetEnvironmentVariable, UserData.Models, time));
        _indexes = new RecallIndexes();
        Memories = new MemoryService(
            Store, time, Random.Shared, settings.RememberQueries ? null : RecallOptions.Default with { RememberedQueries = 0 },
            embeddings: Embeddings, logger: loggers.CreateLogger<MemoryService>(), indexes: _indexes, screen: new Screen(settings.Secrets));
        _languageModel = LanguageModels.Create(settings.LanguageModel, Environment.GetEnvironmentVariable, time);
        Consolidator = new Consolidator(
            Store, time, Random.Shared, logger: loggers.CreateLogger<Consolidator>(), embeddings: Embeddings, indexes: _indexes,
            models: new PairModels(static () => PairModelFile.Load(PairModelFile.DefaultPath), static () => SentenceEncoder.Load(SentenceEncoder.DefaultPath)),
            languageModel: _languageModel);
        Nightly = new NightlyService(
            settings.Schedule,
            new NightlyJob(Consolidator, time, loggers.CreateLogger<NightlyJob>()),
            Store,
            settings.CatchUpDelay,
            time,
            loggers.CreateLogger<NightlyService>());
        Backups = new BackupService(settings.BackupSchedule, new BackupJob(Store, time, loggers.CreateLogger<BackupJob>()), Store, settings.CatchUpDelay, time);
        Tools =
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
        var failures = new RequestFailures(loggers.CreateLogger<RequestFailures>());
        Mcp = McpOptions.Create(
            new ToolCatalog(Tools, settings.Namespace, loggers.CreateLogger<ToolCatalog>(), _asked.TrySetResult),
            new ResourceCatalog(Memories, Consolidator, Store, settings.Namespace, failures),
            new PromptCatalog(Memories, settings.Namespace, failures),
            new CompletionCatalog(Memories, Store, settings.Namespace, failures));
    }

    public Namespace DefaultNamespace { get; }

    /// <summary>Completes soon after the client asked for the list of tools or called one: what can wait, waits for that.</summary>
    public Task Asked => _asked.Task;

    /// <summary>What clients call, and the command line too.</summary>
    public ITool[] Tools { get; }

    public IMemoryStore Store { get; }

    public EmbeddingSource Embeddings { get; }

    public MemoryService Memories { get; }

    public Consolidator Consolidator { get; }

    public NightlyService Nightly { get; }

    public BackupService Backups { get; }

    public McpServerOptions Mcp { get; }

    /// <summary>Puts a backup in the place of the configured database; see <see cref="DatabaseRestore"/>.</summary>
    public static Outcome<RestoreReport> Restore(string backup, ServerSettings settings, bool overwrite, TimeProvider time) =>
        DatabaseRestore.Restore(backup, settings.Database, overwrite, time);

    public async ValueTask DisposeAsync()
    {
        Nightly.Dispose();
        Backups.Dispose();
        await Memories.DisposeAsync();
        _indexes.Dispose();
        await Store.DisposeAsync();
        Embeddings.Dispose();
        _languageModel.Dispose();
    }
}
