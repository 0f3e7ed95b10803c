using Memory.Core.Memories;

namespace Memory.Server.Commands;

/// <summary>What a command ends with, the same for all of them.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done: no space, no permission, a damaged store.</summary>
    public const int Failed = 1;

    /// <summary>What was typed or configured is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The memory, run, plan, key, model or file does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>Something has changed, or would be overwritten.</summary>
    public const int Conflict = 4;

    /// <summary>Another process is at it now.</summary>
    public const int Busy = 5;

    /// <summary>Done, but not all of it: lines not taken, units refused, findings that remain.</summary>
    public const int Partly = 6;

    /// <summary>The server would be open to others without asking who they are: EX_CONFIG of sysexits.h.</summary>
    public const int Unprotected = 78;

    /// <summary>The code of a problem.</summary>
    public static int Of(Problem problem) => Of(problem.Code);

    /// <summary>The code of a kind of problem.</summary>
    public static int Of(ProblemCode code) => code switch
    {
        ProblemCode.Invalid => Usage,
        ProblemCode.NotFound => NotFound,
        ProblemCode.Conflict or ProblemCode.Changed => Conflict,
        ProblemCode.Busy => Busy,
        _ => Failed,
    };
}
