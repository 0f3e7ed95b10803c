using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class ChangeVerbsTests
{
    [Theory]
    [InlineData("Moved to Bergen.", "Lives in Oslo.")]
    [InlineData("Ana moved to Bergen.", "Ana lives in Oslo.")]
    [InlineData("Ana relocated to Bergen last month.", "Ana's home is in Oslo.")]
    [InlineData("Switched from npm to pnpm.", "Uses npm.")]
    [InlineData("The web client switched from npm to pnpm.", "The web client uses npm for packages.")]
    [InlineData("Replaced yarn with bun.", "Uses yarn for packages.")]
    [InlineData("Jenkins was replaced by GitLab CI.", "Builds run on Jenkins.")]
    [InlineData("Sten no longer smokes.", "Sten smokes.")]
    [InlineData("Sten quit smoking.", "Sten smokes at parties.")]
    [InlineData("Sten doesn't smoke anymore.", "Sten smokes.")]
    [InlineData("The standup moved from 9:15 to 10:00.", "The standup is at 9:15.")]
    [InlineData("The deadline was extended to 20 June.", "The deadline is 13 June.")]
    [InlineData("The standup is now at 10:00.", "The standup is at 9:15.")]
    [InlineData("Uses pnpm instead of npm.", "Uses npm.")]
    [InlineData("Nora joined Kestrel.", "Nora works at Northwind.")]
    [InlineData("The bass was restrung from nylon to steel.", "The bass has nylon on it.")]
    [InlineData("The hedge grew from 2 m to 3 m.", "The hedge is 2 m tall.")]
    [InlineData("Elif handed Osprey over to Piotr.", "Elif is in charge of Osprey.")]
    [InlineData("Piotr took over Osprey from Elif.", "Elif is in charge of Osprey.")]
    [InlineData("Piotr took Osprey over from Elif.", "Osprey is led by Elif.")]
    [InlineData("Petra replaced Ola as treasurer.", "Ola is treasurer.")]
    public void Closes_words_of_the_newer_end_the_older(string newer, string older)
    {
        ChangeVerbs.Closes(Read(newer, 1), Read(older)).ShouldBeTrue();
        ChangeVerbs.Closes(Read(older, 1), Read(newer)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("The dentist moved to Bergen.", "My sister lives in Oslo.")]
    [InlineData("Ben moved to Bergen.", "Ana lives in Oslo.")]
    [InlineData("Ana moved to Oslo.", "Ana lives in Oslo.")]
    [InlineData("The standup moved from 9:15 to 10:00.", "The dentist is at 9:15.")]
    [InlineData("Sten no longer smokes.", "Sten likes fishing.")]
    [InlineData("Sten no longer smokes.", "Hanna smokes.")]
    [InlineData("The concert is sold out.", "Ana goes to the concert.")]
    [InlineData("The shop is closed in July.", "The shop has a phone.")]
    [InlineData("Redis is used to cache sessions.", "Redis caches sessions.")]
    [InlineData("Ana lives in Bergen.", "Ana lives in Oslo.")]
    [InlineData("Luca has changed to going to work by bike.", "Home for Luca is Aarhus.")]
    [InlineData("The train was delayed from Ghent to Bruges.", "The train has a dining car.")]
    [InlineData("Elif handed a pen to Piotr.", "Elif is in charge of Osprey.")]
    [InlineData("Petra took a picture from the tower over the river.", "The tower is old.")]
    public void Closes_another_subject_or_no_change_does_not(string newer, string older) =>
        ChangeVerbs.Closes(Read(newer, 1), Read(older)).ShouldBeFalse();
}
