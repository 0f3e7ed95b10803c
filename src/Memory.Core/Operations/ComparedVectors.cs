namespace Memory.Core.Operations;

/// <summary>
/// How many vectors of the configured model are made anew and compared. Those of the built-in table always are, all: they cost microseconds. Those of the
/// sentence encoder cost milliseconds: all with <see cref="All"/>, else some two hundred of each namespace.
/// </summary>
public enum ComparedVectors
{
    /// <summary>None: the model is somebody else's service, or there is none.</summary>
    None,

    /// <summary>About a thousand of each namespace, evenly spread.</summary>
    Sample,

    /// <summary>All.</summary>
    All,
}
