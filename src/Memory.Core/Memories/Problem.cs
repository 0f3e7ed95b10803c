namespace Memory.Core.Memories;

/// <summary>An expected failure, said so that the caller can act on it: what is wrong, which value, what is allowed.</summary>
/// <param name="Code">What kind of failure it is.</param>
/// <param name="Message">One or two sentences for the caller. Never contains a stack trace.</param>
public sealed record Problem(ProblemCode Code, string Message)
{
    /// <summary>The scope that the caller lacks, when that is why it is <see cref="ProblemCode.Forbidden"/>; <see langword="null"/> otherwise.</summary>
    public string? MissingScope { get; init; }

    internal static Problem Invalid(string message) => new(ProblemCode.Invalid, message);

    internal static Problem UnknownMemory(MemoryId id, Namespace ns) => new(
        ProblemCode.NotFound,
        $"No memory has the id '{id}' in namespace '{ns}'. Use an id that store or recall returned.");

    internal static Problem ChangedMemory(MemoryId id) => new(
        ProblemCode.Changed, $"Memory '{id}' has changed since it was read. Nothing was changed now; read it again.");
}

/// <summary>The kinds of expected failure.</summary>
public enum ProblemCode
{
    /// <summary>An argument has a wrong value.</summary>
    Invalid,

    /// <summary>The memory, run or namespace named does not exist (or is outside the caller's namespace).</summary>
    NotFound,

    /// <summary>The thing changed meanwhile, or its state does not permit the operation.</summary>
    Conflict,

    /// <summary>Another process is doing it now.</summary>
    Busy,

    /// <summary>The store cannot be used: no space, no permission, damaged, or written by a newer version.</summary>
    StoreUnavailable,

    /// <summary>A model file is missing or damaged, or a service of models fails: what needs it goes without.</summary>
    ModelUnavailable,

    /// <summary>The memory is no longer what the caller has seen.</summary>
    Changed,

    /// <summary>The caller may not do this, or not there. Says nothing of what is there.</summary>
    Forbidden,

    /// <summary>What the caller shows of who it is opens nothing.</summary>
    Unauthenticated,

    /// <summary>The namespace holds as much as it may.</summary>
    QuotaExceeded,
}
