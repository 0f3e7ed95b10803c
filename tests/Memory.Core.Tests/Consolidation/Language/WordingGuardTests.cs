using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation.Language;

/// <summary>What a wording may and may not do to the statements it was made of.</summary>
public sealed class WordingGuardTests
{
    private static readonly StatementReader Reader = new(embedder: null);

    [Theory]
    [InlineData("Tern listens on port 8443 in production.", "Tern listens on port 8443 in production.", "Tern listens on port 8443 in production.")]
    [InlineData("Mira Halvorsen lives in Bergen.", "Mira Halvorsen moved from Oslo to Bergen in March.", "Mira Halvorsen moved from Oslo to Bergen in March and lives there.")]
    [InlineData("Basalt uses PostgreSQL 16.", "The database of Basalt is PostgreSQL 16, not MySQL.", "Basalt uses the database PostgreSQL 16, not MySQL.")]
    [InlineData("I think Ruben drives a Volvo.", "Ruben drives a red Volvo.", "Ruben drives a red Volvo.")]
    [InlineData("I think Ruben drives a Volvo.", "Maybe Ruben drives a red Volvo.", "I think Ruben drives a red Volvo.")]
    public void Refuses_nothing_that_says_all_and_no_more(string one, string other, string wording) => Refuses(one, other, wording).ShouldBeNull();

    [Theory]
    [InlineData("Tern listens on port 8443.", "Tern listens on a port.", "number")]
    [InlineData("Tern listens on port 8443.", "Tern listens on port 8080.", "number")]
    [InlineData("Tern listens on port 8443.", "Tern listens on port 8443 and 9000.", "number")]
    [InlineData("Basalt is due on 2026-06-12.", "Basalt is due on 2026-06-21.", "date")]
    [InlineData("Kiln is at version 2.1.0.", "Kiln is at version 2.1.1.", "version")]
    [InlineData("Ruben drives a Volvo.", "Ruben and Petra Szabo drive a Volvo.", "name")]
    [InlineData("Ruben does not eat peanuts.", "Ruben does eat peanuts.", "negation")]
    [InlineData("Ruben eats peanuts.", "Ruben never eats peanuts.", "negation")]
    [InlineData("Ruben drinks tea in the morning.", "Ruben drinks tea.", "loses a word")]
    [InlineData("Ruben drinks tea in the morning.", "Ruben drinks strong tea in the morning.", "adds a word")]
    [InlineData("I think Ruben drives a Volvo.", "Ruben drives a Volvo.", "surer")]
    [InlineData("Ruben drives a Volvo.", "Maybe Ruben drives a Volvo.", "less sure")]
    [InlineData("Deploys must be approved by two people.", "Deploys may be approved by two people.", "permits")]
    [InlineData("Tern listens on 8080 for tests and on 9090 for users.", "Tern listens on 9090 for tests and on 8080 for users.", "exchanges")]
    [InlineData("In staging Ana Costa decides and in production Ben Marsh.", "In production Ana Costa decides and in staging Ben Marsh.", "exchanges")]
    [InlineData("Mira Halvorsen manages Jonah Castell.", "Jonah Castell manages Mira Halvorsen.", "exchanges")]
    [InlineData("Mira moved to Bergen from Oslo.", "Mira moved from Bergen to Oslo.", "exchanges")]
    [InlineData("Alert Ruben when load > 80.", "Alert Ruben when load < 80.", "sign")]
    [InlineData("Tests of Basalt: ✔ unit, ✘ e2e", "Tests of Basalt: ✘ unit, ✔ e2e", "sign")]
    [InlineData("Ruben runs `rm -r x` on Basalt.", "Ruben runs `rm -R x` on Basalt.", "backticks")]
    [InlineData("Is Ruben on leave?", "Ruben is on leave.", "asked")]
    [InlineData("Ruben drives a Volvo.", " ", "no text")]
    [InlineData("Ruben drives a Volvo.", "Ruben drives a Volvo. Ruben drives a Volvo. Ruben drives a Volvo. Ruben drives a Volvo. Ruben drives a Volvo.", "longer")]
    [InlineData("Ruben fährt einen roten Volvo und wohnt in der Stadt.", "Ruben fährt einen roten Volvo und wohnt in der Stadt.", "another language")]
    public void Refuses_whatever_loses_adds_or_exchanges(string statement, string wording, string reason) =>
        Refuses(statement, statement, wording).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void Refuses_without_showing_what_the_memories_say() =>
        Refuses("Ruben's code is 4711.", "Ruben's code is secret.", "Ruben's code is 4712.").ShouldNotBeNull().ShouldNotContain("471");

    private static string? Refuses(string one, string other, string wording) => WordingGuard.Refuses([Read(one), Read(other)], Read(wording));

    private static PairStatement Read(string content) => Reader.Read(content, MemoryKind.Fact, DateTimeOffset.UnixEpoch, null);
}
