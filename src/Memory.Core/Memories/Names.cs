using System.Runtime.CompilerServices;
using System.Text;

namespace Memory.Core.Memories;

/// <summary>The words for the values of our enumerations, the same in the schema, the tools and the documents: lower case, underscores.</summary>
public static class Names
{
    private static readonly Table<MemoryKind> Kinds = new();
    private static readonly Table<MemoryState> States = new();
    private static readonly Table<EvidenceKind> EvidenceKinds = new();
    private static readonly Table<LinkKind> Links = new();
    private static readonly Table<RunScope> Scopes = new();
    private static readonly Table<RunCause> Causes = new();
    private static readonly Table<RunState> RunStates = new();
    private static readonly Table<PairMarkKind> PairMarks = new();
    private static readonly Table<ProblemCode> Problems = new();

    /// <summary>The word for a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(MemoryKind kind) => Kinds.Name(kind);

    /// <summary>The word for a state.</summary>
    /// <param name="state">The state.</param>
    public static string Of(MemoryState state) => States.Name(state);

    /// <summary>The word for a kind of evidence.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(EvidenceKind kind) => EvidenceKinds.Name(kind);

    /// <summary>The word for a kind of link.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(LinkKind kind) => Links.Name(kind);

    /// <summary>The word for a scope.</summary>
    /// <param name="scope">The scope.</param>
    public static string Of(RunScope scope) => Scopes.Name(scope);

    /// <summary>The word for a cause.</summary>
    /// <param name="cause">The cause.</param>
    public static string Of(RunCause cause) => Causes.Name(cause);

    /// <summary>The word for the state of a run.</summary>
    /// <param name="state">The state.</param>
    public static string Of(RunState state) => RunStates.Name(state);

    /// <summary>The word for what is known of a pair.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(PairMarkKind kind) => PairMarks.Name(kind);

    /// <summary>The word for a kind of failure.</summary>
    /// <param name="code">The kind.</param>
    public static string Of(ProblemCode code) => Problems.Name(code);

    /// <summary>The kind that a word names.</summary>
    /// <param name="name">The word.</param>
    /// <exception cref="KeyNotFoundException">There is no such word.</exception>
    public static MemoryKind ParseKind(string name) => Kinds.Value(name);

    /// <summary>The state that a word names.</summary>
    /// <param name="name">The word.</param>
    /// <exception cref="KeyNotFoundException">There is no such word.</exception>
    public static MemoryState ParseState(string name) => States.Value(name);

    /// <summary>The scope that a word names.</summary>
    /// <param name="name">The word.</param>
    /// <exception cref="KeyNotFoundException">There is no such word.</exception>
    public static RunScope ParseScope(string name) => Scopes.Value(name);

    internal static EvidenceKind ParseEvidence(string name) => EvidenceKinds.Value(name);

    internal static LinkKind ParseLink(string name) => Links.Value(name);

    internal static RunCause ParseCause(string name) => Causes.Value(name);

    /// <summary>What of a pair a word names.</summary>
    /// <param name="name">The word.</param>
    /// <exception cref="KeyNotFoundException">There is no such word.</exception>
    public static PairMarkKind ParsePairMark(string name) => PairMarks.Value(name);

    internal static RunState ParseRunState(string name) => RunStates.Value(name);

    // Arrays, and as little generic code as can be: it would be compiled anew for each enumeration, at the start of every process.
    private sealed class Table<T> where T : struct, Enum
    {
        private readonly string[] _names = InOrder(typeof(T));

        public string Name(T value) => _names[Unsafe.BitCast<T, int>(value)];

        public T Value(string name) => Unsafe.BitCast<int, T>(IndexOf(_names, name));
    }

    private static string[] InOrder(Type enumeration)
    {
        var names = Enum.GetNames(enumeration);
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Snake(names[i]);
        }

        return names;
    }

    private static int IndexOf(string[] names, string name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new KeyNotFoundException($"'{name}' is none of {string.Join(", ", names)}.");
    }

    private static string Snake(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
