using System.Diagnostics.CodeAnalysis;
using Memory.Core.Access;
using Memory.Core.Memories;

namespace Memory.Server.Callers;

/// <summary>
/// Who the work at hand is for. Follows the work wherever it is awaited; a request over HTTP is <see cref="Caller.Nobody"/>'s until it has shown whose it is.
/// The process's own work (the schedule, the upkeep, stdio) has no caller and may do everything.
/// </summary>
/// <param name="configured">The namespace when a call names none, for those who may see it.</param>
internal sealed class CallerContext(Namespace configured)
{
    private readonly AsyncLocal<CallerRequest?> _request = new();

    /// <summary>Whose work this is; the owner's when it is nobody's in particular.</summary>
    public Caller Caller => _request.Value?.Caller ?? Caller.Owner;

    /// <summary>Where the request came from, when it is one.</summary>
    public string? Address => _request.Value?.Address;

    /// <summary>What was admitted last, when this is a request; <see langword="null"/> for the process's own work.</summary>
    public CallerRequest? Current => _request.Value;

    /// <summary>From here on this is the work of a caller.</summary>
    public void Enter(Caller caller, string? address) => _request.Value = new CallerRequest(caller, address, Scopes.None);

    /// <summary>The namespace that is meant when none is named: the configured one, or the caller's only one.</summary>
    public Namespace? Default => Caller.Namespaces switch
    {
        var list when list.Contains(configured) => configured,
        { Names: [var only] } => only,
        _ => null,
    };

    /// <summary>Settles where a call works, and refuses what its caller may not do there.</summary>
    /// <param name="needed">What the call does.</param>
    /// <param name="named">The namespace that it names; <see langword="null"/> for none.</param>
    /// <returns>The namespace. What follows in the same method, and below it, counts as that kind of work.</returns>
    public Outcome<Namespace> Admit(Scopes needed, string? named)
    {
        if (!TrySettle(named, out var ns, out var problem))
        {
            return problem;
        }

        if (Caller.Refuse(needed, ns) is { } refused)
        {
            return refused;
        }

        _request.Value = _request.Value is { } request ? request with { Operation = needed } : null;
        return ns;
    }

    private bool TrySettle(string? named, out Namespace ns, [NotNullWhen(false)] out Problem? problem)
    {
        ns = Default ?? default;
        problem = named is null
            ? Default is not null ? null
            : Caller.Namespaces.Names.Count == 0 ? new Problem(ProblemCode.Forbidden, "This caller has no namespace.")
            : new Problem(ProblemCode.Invalid, $"namespace is missing; one of {string.Join(", ", Caller.Namespaces.Names)} is required.")
            : Namespace.TryParse(named, out ns) ? null : new Problem(ProblemCode.Invalid, $"namespace is '{named}'; {Namespace.Allowed} are allowed.");
        return problem is null;
    }

    /// <summary>A request, as far as it is known whose it is.</summary>
    /// <param name="Caller">Whose it is.</param>
    /// <param name="Address">Where it came from.</param>
    /// <param name="Operation">What it was admitted to do.</param>
    internal sealed record CallerRequest(Caller Caller, string? Address, Scopes Operation);
}
