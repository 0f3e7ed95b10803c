namespace Memory.Tests;

/// <summary>Pairs of statements that say different things although their words do not show it: no two may ever be taken for the same.</summary>
internal static class NearMisses
{
    /// <summary>Told apart by signs, symbols, order, articles of names or code.</summary>
    public static TheoryData<string, string> BySigns { get; } = new()
    {
        { "Alert when load > 80.", "Alert when load < 80." },
        { "CPU limit is >= 4 cores.", "CPU limit is <= 4 cores." },
        { "Load is <5.", "Load is >5." },
        { "Deploy is done ✅", "Deploy is done ❌" },
        { "Tests: ✔ unit, ✘ e2e", "Tests: ✘ unit, ✔ e2e" },
        { "Is Henrik on leave?", "Henrik is on leave." },
        { "Can we deploy on Friday?", "We can deploy on Friday." },
        { "Hepatitis A is ruled out.", "Hepatitis is ruled out." },
        { "Team “The A” won", "Team won" },
        { "Run `rm -rf x`.", "Run `rm rf x`." },
        { "Range 3-5", "Range 3 5" },
    };

    /// <summary>Others, of which some are equal when case, punctuation and articles are folded.</summary>
    public static TheoryData<string, string> ByMore { get; } = new()
    {
        { "Is Henrik on leave", "Henrik is on leave." },
        { "Can we deploy on Friday", "We can deploy on Friday." },
        { "Tests: ✔ e2e, ✘ unit", "Tests: ✔ unit, ✘ e2e" },
        { "Load is 5.", "Load is <5." },
        { "Deploy is done", "Deploy is done ✅" },
        { "The disk has (-5) offset.", "The disk has (5) offset." },
        { "Take 1½ cups of rice.", "Take 11/2 cups of rice." },
        { "The link A → B is up.", "The link A ← B is up." },
        { "Run `Make all` daily.", "Run the `make all` daily!" },
        { "It holds that x = y.", "It holds that x ≠ y." },
        { "The vote was 👍.", "The vote was 👎." },
    };
}
