namespace Memory.Training.Sources;

/// <summary>A source cannot be had or is not what it should be. The message says which and what to do.</summary>
internal sealed class SourceException(string message, Exception? cause = null) : Exception(message, cause);
