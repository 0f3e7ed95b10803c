using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class ChangeVerbsTests
{
    [Theory]
    [InlineData("Moved to Bergen.", "Lives in Oslo.")]
    [InlineData("Ana moved to Bergen.", "Ana lives in Oslo.")]
    [InlineData("Ana moved to Bergen.", "Ana works in Oslo.")]
    [InlineData("Ana relocated to Bergen last month.", "Ana's home is in Oslo.")]
    [InlineData("Switched from npm to pnpm.", "Uses npm.")]
    [InlineData("The web client switched from npm to pnpm.", "The web client uses npm for packages.")]
    [InlineData("Replaced yarn with bun.", "Uses yarn for packages.")]
    [InlineData("Jenkins was replaced by GitLab CI.", "Builds run on Jenkins.")]
    [InlineData("Luca Szabo left Gdansk and lives in Aarhus now.", "Luca Szabo lives in Gdansk.")]
    [InlineData("Anika used to commute on foot and now goes by bus.", "Anika commutes on foot.")]
    [InlineData("Sten no longer smokes.", "Sten smokes.")]
    [InlineData("Sten quit smoking.", "Sten smokes at parties.")]
    [InlineData("Sten doesn't smoke anymore.", "Sten smokes.")]
    [InlineData("The standup moved from 9:15 to 10:00.", "The standup is at 9:15.")]
    [InlineData("The deadline was extended to 20 June.", "The deadline is 13 June.")]
    [InlineData("The standup is now at 10:00.", "The standup is at 9:15.")]
    [InlineData("Uses pnpm instead of npm.", "Uses npm.")]
    [InlineData("Harbor now runs on Valkey instead of Redis.", "Harbor runs on Redis.")]
    [InlineData("Selma traded the Zoe in for a Skoda Fabia.", "A Renault Zoe is what Selma drives.")]
    [InlineData("Nora joined Kestrel.", "Nora works at Northwind.")]
    [InlineData("The bass was restrung from nylon to steel.", "The bass has nylon on it.")]
    [InlineData("The hedge grew from 2 m to 3 m.", "The hedge is 2 m tall.")]
    [InlineData("Elif handed Osprey over to Piotr.", "Elif is in charge of Osprey.")]
    [InlineData("Piotr took over Osprey from Elif.", "Elif is in charge of Osprey.")]
    [InlineData("Piotr took Osprey over from Elif.", "Osprey is led by Elif.")]
    [InlineData("Petra replaced Ola as treasurer.", "Ola is treasurer.")]
    [InlineData("Petra succeeded Ola as treasurer.", "Ola is treasurer.")]
    [InlineData("Luca's editor was Vim until March and is Zed now.", "Luca's editor is Vim.")]
    [InlineData("The rent was 900 euros until May, now 950 euros.", "The rent is 900 euros.")]
    [InlineData("Luca's editor is Zed after having been Vim for years.", "Luca's editor is Vim.")]
    [InlineData("Luca uses Zed, formerly Vim.", "Luca uses Vim.")]
    [InlineData("Luca formerly used Vim.", "Luca uses Vim.")]
    [InlineData("Ana lived in Rome previously.", "Ana lives in Rome.")]
    [InlineData("Luca uses Zed in place of Vim.", "Luca uses Vim.")]
    [InlineData("Luca uses Zed rather than Vim.", "Luca uses Vim.")]
    [InlineData("Luca gave the piano up.", "Luca plays the piano.")]
    [InlineData("The tools were taken out of the shed and put into the cellar.", "The tools are in the shed.")]
    public void Closes_words_of_the_newer_end_the_older(string newer, string older)
    {
        ChangeVerbs.Closes(Read(newer, 1), Read(older)).ShouldBeTrue();
        ChangeVerbs.Closes(Read(older, 1), Read(newer)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("The dentist moved to Bergen.", "My sister lives in Oslo.")]
    [InlineData("Ben moved to Bergen.", "Ana lives in Oslo.")]
    [InlineData("Ana moved to Bergen.", "Ana works at Acme.")]
    [InlineData("Ana moved to Oslo.", "Ana lives in Oslo.")]
    [InlineData("The standup moved from 9:15 to 10:00.", "The dentist is at 9:15.")]
    [InlineData("Sten no longer smokes.", "Sten likes fishing.")]
    [InlineData("Sten no longer smokes.", "Hanna smokes.")]
    [InlineData("Mira has a tabby cat now instead of a tortoise.", "The pet of Luca is a tortoise.")]
    [InlineData("Saffron is now due on 14 August instead of 13 November.", "We must deliver Larkspur by 13 November.")]
    [InlineData("The dental plan is now with Velonet instead of Ostara.", "The storage unit is with Ostara.")]
    [InlineData("The streaming plan is now handled by Mrs Falk instead of Mrs Moreau.", "The newspaper subscription is handled by Mrs Moreau.")]
    [InlineData("The concert is sold out.", "Ana goes to the concert.")]
    [InlineData("The shop is closed in July.", "The shop has a phone.")]
    [InlineData("Redis is used to cache sessions.", "Redis caches sessions.")]
    [InlineData("Ana lives in Bergen.", "Ana lives in Oslo.")]
    [InlineData("Luca has changed to going to work by bike.", "Home for Luca is Aarhus.")]
    [InlineData("Luca gave the book to Ana and got up.", "Luca has the book.")]
    [InlineData("Luca was in Oslo until Friday and is now tired.", "Luca is in Lyon.")]
    [InlineData("Ana took the bins out of the way and put on a coat.", "Ana has a coat.")]
    [InlineData("Ana lived in Rome previously.", "Ana likes Rome.")]
    [InlineData("The train was delayed from Ghent to Bruges.", "The train has a dining car.")]
    [InlineData("Elif handed a pen to Piotr.", "Elif is in charge of Osprey.")]
    [InlineData("Luca Szabo left Gdansk and lives in Aarhus now.", "After years in Gdansk, Luca Szabo has settled in Aarhus.")]
    [InlineData("Luca left Gdansk and lives in Aarhus now.", "Luca does not live in Gdansk.")]
    [InlineData("Luca left Gdansk and lives in Aarhus now.", "Luca no longer lives in Gdansk.")]
    [InlineData("Luca Szabo does not live in Gdansk any more.", "Luca Szabo left Gdansk and lives in Aarhus now.")]
    [InlineData("The dental plan no longer renews on 12 December 2026.", "The renewal of the dental plan moved from 12 December 2026 to July 21, 2026.")]
    [InlineData("Petra took a picture from the tower over the river.", "The tower is old.")]
    public void Closes_another_subject_or_no_change_does_not(string newer, string older) =>
        ChangeVerbs.Closes(Read(newer, 1), Read(older)).ShouldBeFalse();
}
