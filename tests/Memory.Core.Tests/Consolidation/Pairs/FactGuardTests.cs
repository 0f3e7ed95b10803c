using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class FactGuardTests
{
    [Theory]
    [InlineData("The timeout is 30 seconds.", "The timeout is 90 seconds.")]
    [InlineData("The timeout is 30 seconds.", "The timeout is 30 minutes.")]
    [InlineData("The bag may weigh 20 kg.", "The bag may weigh 20 lb.")]
    [InlineData("The review is on 3 May.", "The review is on 4 May.")]
    [InlineData("The review is on 2026-05-03.", "The review is on 2026-06-03.")]
    [InlineData("The review is at 9:15.", "The review is at 9:45.")]
    [InlineData("The review is on Monday.", "The review is on Tuesday.")]
    [InlineData("Harbor runs PostgreSQL 15.", "Harbor runs PostgreSQL 16.")]
    [InlineData("The plugin needs v1.2.3.", "The plugin needs v1.2.4.")]
    [InlineData("The plugin is pinned to 3.1.", "The plugin is pinned to 3.10.")]
    [InlineData("It costs €500.", "It costs $500.")]
    [InlineData("The owner is Ana Costa.", "The owner is Ben Costa.")]
    [InlineData("Deploy with `make ship`.", "Deploy with `make check`.")]
    [InlineData("The service uses Redis.", "The service does not use Redis.")]
    [InlineData("Always force push.", "Never force push.")]
    [InlineData("Nullable types are on.", "Nullable types are off.")]
    [InlineData("Lena is vegetarian but not vegan.", "Lena is vegan but not vegetarian.")]
    [InlineData("Mara manages Henrik.", "Henrik manages Mara.")]
    [InlineData("Paul works from home on Fridays.", "Paul works from the office on Fridays.")]
    [InlineData("There are two cats.", "There are three cats.")]
    [MemberData(nameof(NearMisses.BySigns), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByMore), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOrderAndSmallWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOneOrTwoWords), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByFrames), MemberType = typeof(NearMisses))]
    public void ForbidsDuplicate_facts_differ_forbids(string one, string other)
    {
        FactGuard.ForbidsDuplicate(Read(one), Read(other)).ShouldNotBeNull();
        FactGuard.ForbidsDuplicate(Read(other), Read(one)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("The timeout is 30 seconds.", "The timeout is 30s.")]
    [InlineData("The disk has 16 GB.", "The disk has 16 gigabytes.")]
    [InlineData("The pod needs 0.5 cores.", "The pod needs .5 cores.")]
    [InlineData("The release is on 2026-03-04.", "The release is on 2026/03/04.")]
    [InlineData("The review is on 3 May.", "The review is on May 3rd.")]
    [InlineData("The review is at 6:30 pm.", "The review is at 18:30.")]
    [InlineData("The budget is $1,500.", "The budget is 1500 dollars.")]
    [InlineData("Harbor runs PostgreSQL 15.", "Harbor runs on Postgres 15.")]
    [InlineData("There are three cats.", "There are 3 cats.")]
    [InlineData("Henrik is managed by Mara.", "Mara manages Henrik.")]
    [InlineData("User doesn't like loud places.", "The user does not like loud places.")]
    [InlineData("Login uses SSO.", "Login uses single sign-on.")]
    [InlineData("The cluster runs api, worker and mailer.", "The cluster runs mailer, api and worker.")]
    [InlineData("Alert when load > 80.", "alert when the load >80")]
    [InlineData("The limit is ≥ 4 cores.", "the limit is >= 4 cores")]
    [InlineData("Disk use is < 5GB.", "Disk use is < 5 GB.")]
    [InlineData("Logs are kept 3-5 days.", "Logs are kept 3 to 5 days.")]
    [InlineData("The office is open 9:00–17:00.", "The office is open 9:00-17:00")]
    [InlineData("Run `make ship` to deploy.", "Run make ship to deploy")]
    [InlineData("The blood type of Theo is A positive.", "A positive is the blood type of Theo.")]
    [InlineData("HEPATITIS A IS RULED OUT.", "Hepatitis A is ruled out.")]
    [InlineData("The cat is on the mat.", "The cat is on a mat.")]
    [InlineData("The review is on 2026-05-03.", "The review is on 3 May 2026.")]
    [InlineData("Deploy is done ✔️", "Deploy is done ✔")]
    [InlineData("Can we deploy on Friday?", "can we deploy on friday?")]
    [InlineData("The **rule** holds.", "The rule holds.")]
    [InlineData("A well-known bug.", "a well known bug")]
    public void ForbidsDuplicate_same_facts_in_other_spelling_allows(string one, string other) =>
        FactGuard.ForbidsDuplicate(Read(one), Read(other)).ShouldBeNull();

    [Fact]
    public void ForbidsDuplicate_kinds_or_times_of_events_differ_forbids()
    {
        var day = new DateTimeOffset(2026, 5, 3, 0, 0, 0, TimeSpan.Zero);

        FactGuard.ForbidsDuplicate(Read("Ran ten kilometres."), Read("Ran ten kilometres.", kind: MemoryKind.Note)).ShouldNotBeNull();
        FactGuard.ForbidsDuplicate(Read("Ran far.", 0, MemoryKind.Event, day), Read("Ran far.", 0, MemoryKind.Event, day.AddDays(1))).ShouldNotBeNull();
        FactGuard.ForbidsDuplicate(Read("Ran far.", 0, MemoryKind.Event, day), Read("Ran far.", 3, MemoryKind.Event, day)).ShouldBeNull();
    }

    [Theory]
    [InlineData("Logs are kept for 30 days on the backup host.", "Logs are kept for 90 days.")]
    [InlineData("The owner is Ana, who is in Oslo.", "The owner is Ben.")]
    [InlineData("The service uses Redis and Kafka.", "The service does not use Redis.")]
    [InlineData("Alert when load > 80 on the api host.", "Alert when load < 80.")]
    [InlineData("Alert when load > 80 on the api host.", "Alert when load is 80.")]
    [InlineData("Deploy is done ✅ and announced to all.", "Deploy is done ❌")]
    [InlineData("Harbor is up ✅, Mill is down ❌", "Harbor is up ❌")]
    [InlineData("Hepatitis A is ruled out and so is flu.", "Hepatitis is ruled out.")]
    [InlineData("Is Henrik on leave? Ana asked.", "Henrik is on leave.")]
    [InlineData("Henrik is on leave in May.", "Is Henrik on leave?")]
    [InlineData("Run `rm -rf x` in the build folder.", "Run `rm rf x`.")]
    [InlineData("Logs are kept 3-5 days on the host.", "Logs are kept 3 5 days.")]
    public void ForbidsContains_fact_of_the_shorter_missing_forbids(string holder, string held) =>
        FactGuard.ForbidsContains(Read(holder), Read(held)).ShouldNotBeNull();

    [Theory]
    [InlineData("Alert when load > 80 and page Ana.", "Alert when load > 80.")]
    [InlineData("Deploy is done ✅. The tests pass on Mill ✅.", "Deploy is done ✅")]
    [InlineData("Hepatitis A is ruled out and so is flu.", "Hepatitis A is ruled out.")]
    public void ForbidsContains_longer_has_the_signs_of_the_shorter_allows(string holder, string held) =>
        FactGuard.ForbidsContains(Read(holder), Read(held)).ShouldBeNull();

    [Theory]
    [InlineData("Luca used to commute by scooter and now goes by tram.", "Luca comes to work by scooter.")]
    [InlineData("Mira replaced a tortoise with a cat.", "Mira replaced a cat with a parrot.")]
    [InlineData("Elif handed Osprey over to Piotr.", "The owner of Osprey is Elif.")]
    public void ForbidsDuplicate_one_says_that_it_is_so_no_more_forbids(string one, string other)
    {
        FactGuard.ForbidsDuplicate(Read(one), Read(other)).ShouldNotBeNull();
        FactGuard.ForbidsDuplicate(Read(other), Read(one)).ShouldNotBeNull();
        FactGuard.ForbidsContains(Read(one), Read(other)).ShouldNotBeNull();
    }

    [Fact]
    public void ForbidsContains_longer_says_what_is_now_allows() =>
        FactGuard.ForbidsContains(Read("Luca switched from the scooter to the tram."), Read("Luca takes the tram.")).ShouldBeNull();

    [Fact]
    public void ForbidsContains_longer_has_all_facts_allows() =>
        FactGuard.ForbidsContains(Read("Logs are kept for 30 days, traces for 7 days."), Read("Logs are kept for 30 days.")).ShouldBeNull();

    [Fact]
    public void Lost_facts_that_no_output_holds_are_named()
    {
        var lost = FactGuard.Lost(
            [Read("Ana pays 30 euros on 3 May."), Read("Harbor needs v2.1.0 and does not support Redis.")],
            [Read("Ana pays on 4 May."), Read("Harbor supports Redis.")]);

        lost.ShouldContain(new Fact(FactKind.Number, "30 €"));
        lost.ShouldContain(new Fact(FactKind.Date, "--05-03"));
        lost.ShouldContain(new Fact(FactKind.Version, "2.1.0"));
        lost.ShouldContain(static f => f.Kind == FactKind.Negation);
        lost.ShouldNotContain(static f => f.Kind == FactKind.Name);
    }

    [Fact]
    public void Lost_name_missing_is_named() =>
        FactGuard.Lost([Read("The owner is Ana Costa.")], [Read("The owner is unknown.")]).ShouldBe([new Fact(FactKind.Name, "ana costa")]);

    [Fact]
    public void Lost_outputs_hold_everything_between_them_is_empty() =>
        FactGuard.Lost([Read("Ana pays 30 euros."), Read("Ben never pays.")], [Read("Ben never pays."), Read("30 € are paid by Ana.")]).ShouldBeEmpty();
}
