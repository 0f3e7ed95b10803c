namespace Memory.Training.Sources;

/// <summary>A source cannot be had or is not what it should be. The message says which and what to do.</summary>
internal sealed class SourceException(string message, Exception? cause = null) : Exception(message, cause)
{
    private const int SourcesWrong = 1;

    /// <summary>Runs a command, and says what is wrong with its sources instead of failing.</summary>
    /// <returns>What the program ends with.</returns>
    public static async Task<int> Told(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (SourceException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return SourcesWrong;
        }
    }

    /// <inheritdoc cref="Told(Func{Task})"/>
    public static Task<int> Told(Action command) => Told(() =>
    {
        command();
        return Task.CompletedTask;
    });
}
