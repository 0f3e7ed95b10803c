using Memory.Server.Stdio;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Tests.Stdio;

public sealed class StderrLogTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Log_an_entry_with_an_exception_is_one_line_with_level_category_and_both_texts()
    {
        using var log = new StderrLog(_output, LogLevel.Information);

        log.CreateLogger("Memory.Server.Night").Log(LogLevel.Error, new EventId(7), "The night\nfailed", new InvalidDataException("torn page"), static (state, _) => state);

        _output.ToString().ShouldBe($"fail: Memory.Server.Night[7] The night failed System.IO.InvalidDataException: torn page{Environment.NewLine}");
    }

    [Theory]
    [InlineData("Memory.Server.Night", LogLevel.Warning, LogLevel.Information, false)]
    [InlineData("Memory.Server.Night", LogLevel.Warning, LogLevel.Warning, true)]
    [InlineData("Memory.Server.Night", LogLevel.None, LogLevel.Critical, false)]
    [InlineData("ModelContextProtocol.Server.McpServer", LogLevel.Information, LogLevel.Error, false)]
    [InlineData("ModelContextProtocol.Server.McpServer", LogLevel.Information, LogLevel.Critical, true)]
    [InlineData("ModelContextProtocol.Server.McpServer", LogLevel.None, LogLevel.Critical, false)]
    [InlineData("ModelContextProtocol.Server.McpServer", LogLevel.Debug, LogLevel.Debug, true)]
    public void Log_what_is_less_than_the_least_of_its_category_is_not_told(string category, LogLevel least, LogLevel level, bool isTold)
    {
        using var log = new StderrLog(_output, least);
        var logger = log.CreateLogger(category);

        logger.Log(level, default, "text", null, static (state, _) => state);

        logger.IsEnabled(level).ShouldBe(isTold);
        (_output.ToString().Length > 0).ShouldBe(isTold);
    }
}
