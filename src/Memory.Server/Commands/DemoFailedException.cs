namespace Memory.Server.Commands;

/// <summary>The server did not answer as the demo expects.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
