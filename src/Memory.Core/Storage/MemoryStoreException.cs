using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>The store could not do what was asked, for a reason outside the caller's arguments: no space, no permission, a damaged file.</summary>
public sealed class MemoryStoreException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="problem">What is wrong and what the owner can do.</param>
    /// <param name="cause">The database's or file system's own error.</param>
    public MemoryStoreException(Problem problem, Exception? cause = null)
        : base(problem?.Message, cause) => Problem = problem ?? throw new ArgumentNullException(nameof(problem));

    /// <summary>What is wrong and what the owner can do.</summary>
    public Problem Problem { get; }
}
