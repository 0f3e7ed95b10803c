using System.CommandLine.Parsing;
using Memory.Core.Memories;

namespace Memory.Server.Commands;

/// <summary>Names of runs and plans as they are typed.</summary>
internal static class RunNames
{
    /// <summary>Refuses what is no name of one, before anything is opened.</summary>
    /// <param name="given">The option or argument.</param>
    /// <param name="what">What it is called.</param>
    /// <param name="from">Which command tells the names.</param>
    public static void Check(SymbolResult given, string what, string from)
    {
        foreach (var token in given.Tokens.Where(static t => !RunId.TryParse(t.Value, out _)))
        {
            given.AddError($"{what} is '{token.Value}'; a name such as 20261124-030000-k3m9x7 is allowed, as '{from}' gives it.");
        }
    }
}
