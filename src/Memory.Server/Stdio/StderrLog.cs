using Microsoft.Extensions.Logging;

namespace Memory.Server.Stdio;

/// <summary>
/// The log of a server on stdio: a line for each entry, on stderr, in the form of the console logger of Microsoft.Extensions.Logging. That one is put
/// together by a container and its options, which takes as long as a tenth of a start.
/// </summary>
/// <param name="output">Where the lines go; whoever writes there may do so at the same time.</param>
/// <param name="least">What is less is not told.</param>
internal sealed class StderrLog(TextWriter output, LogLevel least) : ILoggerFactory
{
    private const string Sdk = "ModelContextProtocol";

    private readonly TextWriter _output = TextWriter.Synchronized(output);

    public ILogger CreateLogger(string categoryName) => new Category(_output, categoryName, LeastOf(categoryName));

    /// <summary>Nothing else is written to.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    // The SDK logs every refused request with its stack trace; what is unexpected we log ourselves.
    private LogLevel LeastOf(string category) =>
        least is > LogLevel.Debug and < LogLevel.Critical && category.StartsWith(Sdk, StringComparison.Ordinal) ? LogLevel.Critical : least;

    private sealed class Category(TextWriter output, string name, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var text = exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception}";
                output.WriteLine($"{Word(logLevel)}: {name}[{eventId.Id}] {text.ReplaceLineEndings(" ")}");
            }
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
    }
}
