using Memory.Core.Consolidation.Pairs;
using Memory.Core.Recall.Ranking;
using Memory.Core.Tests.Embeddings;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class AttributeGuardTests
{
    private static readonly WordVectors Vectors = new(EmbeddingFiles.Static.ShouldNotBeNull());

    [Theory]
    [InlineData("The cache is at redis://:[redacted: password]@cache:6379.", "The cache is at redis://:[redacted: token]@cache:6380.")]
    [InlineData("google cred: [redacted: Google API key]", "google cred: [redacted: Google access token]")]
    public void ForbidsContradiction_of_what_was_redacted(string one, string other) =>
        AttributeGuard.ForbidsContradiction(Read(one), Read(other), TermAlignment.Of(Read(one), Read(other), Vectors)).ShouldBe("a credential was redacted, and nobody knows what it was");

    [Theory]
    [InlineData("Run the unit tests of Falcon with `npm test`; they need Chrome.", "Run `npm audit` before each release of Falcon.", "about different commands")]
    [InlineData("The salary budget of Falcon for 2024 is 300,000 euros.", "The salary budget of Falcon for 2025 is 350,000 euros.", "about different periods")]
    [InlineData("Room 12 is booked.", "Room 10 is booked.", "about different numbers of a series")]
    [InlineData("Line 11 is delayed.", "Line 12 is delayed.", "about different numbers of a series")]
    [InlineData("In May the shop sold 300 bikes.", "In June the shop sold 410 bikes.", "about different periods")]
    [InlineData("The focus of Q3 is speed.", "The focus of Q4 is safety.", "about different periods")]
    [InlineData("Tom eats neither meat nor eggs, and cannot stand olives.", "Tom is vegetarian and avoids olives.", "both deny the same")]
    [InlineData("The variable TOKEN holds the secret; nobody may put it into `config.json`.", "The secret is read from the variable TOKEN, never from `config.json`.", "both deny the same")]
    [InlineData("Falcon guards the orchard.", "Falcon found a lighthouse.", "no word of an attribute in common")]
    [InlineData("The monthly fee for the storage unit is 29 euros.", "The monthly fee for the newspaper is 61 euros.", "the same of different things")]
    [InlineData("The storage unit takes 29 euros every month.", "The newspaper takes 61 euros every month.", "the same of different things")]
    [InlineData("Among other languages, Mira speaks Portuguese.", "Mira is fluent in Italian.", "an attribute of many values")]
    [InlineData("Questions about the car insurance go to Mr Osei.", "Questions about the dental plan go to Mrs Duarte.", "the same of different things")]
    [InlineData("Parcels older than 18 months are deleted from Harbor for privacy.", "Harbor erases parcels once they are a year and a half old, to protect the recipients' data.", "much of each is unknown to the other")]
    [InlineData("Harbor is a parcel tracking service for small web shops, written in Kotlin.", "The public tracking page of Harbor sets cookies for analytics.", "much of each is unknown to the other")]
    [InlineData("Anika switched from espresso to oat milk.", "Anika wants oat milk.", "one says what the other says has come about")]
    [InlineData("Hugo used to commute by bike and now goes by train.", "Hugo no longer commutes by bike.", "one says what the other says has come about")]
    [InlineData("Luca Brandvik drives a Renault Zoe.", "Anika Moreau switched from the Renault Zoe to a Niro.", "about different subjects")]
    [InlineData("The editor Oskar works with is JetBrains Rider.", "Rider is Oskar Quist's editor of choice.", "one thing beside another, and both can be")]
    [InlineData("Visual Studio Code is Hugo Marsh's editor of choice.", "Hugo's editor is VS Code.", "one thing beside another, and both can be")]
    [InlineData("Note: Saffron's staging port changed from 9443 to 8443.", "The production port of Saffron is 9443.", "about different cases")]
    [InlineData("Hugo Marsh ends the day with orange juice.", "Hugo starts the day with peppermint tea.", "about different cases")]
    [InlineData("The city Petra lives in is Aarhus.", "The city Luca lives in is Aarhus.", "the same of different subjects")]
    [InlineData("The owner of Cobalt is Elif Demir.", "The owner of Beacon is Elif Demir.", "the same of different subjects")]
    [InlineData("Elif Demir is responsible for Cobalt.", "Elif Demir is responsible for Beacon.", "the same of different subjects")]
    [InlineData("Beatriz Lobo is Mira Ibarra's manager.", "Note: as far as I know, Beatriz Lobo is Anika's manager.", "the same of different subjects")]
    [InlineData("Luca Brandvik's boss is Beatriz Lobo.", "Beatriz Lobo is Anika's boss.", "the same of different subjects")]
    [InlineData("Marek Dvorak looks after Juniper.", "Marek Dvorak looks after Larkspur.", "the same of different subjects")]
    [InlineData("To cancel the allotment lease we must give 8 weeks notice.", "As far as I know, to cancel the dental plan we must give 4 weeks notice.", "the same of different things")]
    [InlineData("Beacon uses TeamCity for continuous integration.", "Beacon uses MySQL.", "one says what for, and the other does not")]
    [InlineData("For CI, Osprey relies on TeamCity.", "Osprey uses CockroachDB.", "one says what for, and the other does not")]
    [InlineData("For code Milan opens Neovim.", "For code Arvid opens Neovim.", "the same of different subjects")]
    [InlineData("Ana reviews Henrik's pull requests.", "Henrik reviews Ana's pull requests.", "one thing beside another, and both can be")]
    [InlineData("Ana pays Henrik.", "Henrik pays Ana.", "one thing beside another, and both can be")]
    [InlineData("Room B12 is booked.", "Room B21 is booked.", "about different numbers of a series")]
    [InlineData("Filler about project 0-9 in town 9", "Filler about project 3-9 in town 9", "about different numbers of a series")]
    [InlineData("Ticket H-1 is assigned to Kim.", "Ticket H-12 is assigned to Lee.", "about different numbers of a series")]
    [InlineData("The owner of team t1 is Kim.", "The owner of team t12 is Lee.", "different names")]
    [InlineData("The port of service s5 is 1005.", "The port of service s53 is 1053.", "about different subjects")]
    [InlineData("The deadline of project P1 is 3 March.", "The deadline of project P10 is 9 May.", "about different subjects")]
    [InlineData("The code of door D2 is 4711.", "The code of door D21 is 8150.", "about different subjects")]
    [InlineData("The port for HTTP is 8080.", "The port for HTTPS is 8443.", "about different subjects")]
    [InlineData("The shop opens at nine.", "The shop closes at nine.", "about the two ends of one thing")]
    [InlineData("Nadia joined in 2019.", "Nadia left in 2019.", "about the two ends of one thing")]
    [InlineData("Guests move in on 3 May.", "Guests move out on 9 May.", "about the two ends of one thing")]
    [InlineData("Ana met Henrik on 3 May 2026.", "Ana met Henrik on 4 May 2026.", "the same happened more than once")]
    [InlineData("Wim gave Anja a book.", "Wim gave Anja a scarf.", "the same happened more than once")]
    [InlineData("Sofie bought a lamp for 40 euros.", "Sofie bought a rug for 90 euros.", "the same happened more than once")]
    [InlineData("Arlo's savings account has 5000 euros.", "Arlo's checking account has 800 euros.", "about different things of one sort")]
    [InlineData("The nightly job takes 20 minutes.", "The weekly job takes 3 hours.", "the same of different things")]
    [InlineData("Old remark 0 about hinge 0 in the barn", "Old remark 1 about hinge 7 in the barn", "about different things that are numbered")]
    [InlineData("The code of slot 4 is 1200.", "The code of slot 9 is 1300.", "about different things that are numbered")]
    public void ForbidsContradiction_both_can_be_true_says_why(string one, string other, string because)
    {
        Forbids(one, other).ShouldBe(because);
        Forbids(other, one).ShouldBe(because);
    }

    [Theory]
    [InlineData("Run the tests of Falcon with `npm test`.", "Run the tests of Falcon with `make check`.")]
    [InlineData("Run the unit tests with `npm test` in a container.", "Run the unit tests with `make check` in a browser.")]
    [InlineData("The contract ends in 2025.", "The contract ends in 2026.")]
    [InlineData("The rent is 900 euros since 2021.", "The rent is 950 euros since 2023.")]
    [InlineData("The cache of 2000 entries lives for 5 minutes.", "The cache of 1900 entries lives for 10 minutes.")]
    [InlineData("Tom avoids olives and eats meat.", "Tom avoids olives and is vegetarian.")]
    [InlineData("Tom eats no olives and no nuts.", "Tom eats nuts, and no olives.")]
    [InlineData("The office closes at 17:00.", "The office closes at 18:00.")]
    [InlineData("The shop is open.", "The shop is closed.")]
    [InlineData("The weekly job takes 20 minutes.", "The weekly job takes 3 hours.")]
    [InlineData("Wim gave Anja a book.", "Wim never gave Anja a book.")]
    [InlineData("The wedding is on 3 May 2026.", "The wedding is on 4 May 2026.")]
    [InlineData("The office is open 9:00-17:00.", "The office is open 8:00-16:00.")]
    [InlineData("The fee for the storage unit is 29 euros.", "The storage unit costs 61 euros.")]
    [InlineData("The price of the car is 900 euros.", "We paid 950 euros for the car.")]
    [InlineData("Mira speaks Portuguese.", "Mira does not speak Portuguese.")]
    [InlineData("The owner of Cobalt is Elif Demir.", "The owner of Cobalt is Piotr Lang.")]
    [InlineData("Elif Demir is responsible for Cobalt.", "Piotr Lang is responsible for Cobalt.")]
    [InlineData("Cobalt's owner is Elif Demir.", "Cobalt's owner is Piotr Lang.")]
    [InlineData("To cancel the lease we must give 8 weeks notice.", "To cancel the lease we must give 4 weeks notice.")]
    [InlineData("Beacon uses TeamCity for builds.", "Beacon uses Jenkins for builds.")]
    [InlineData("Ana works for Contoso.", "Ana works at Globex.")]
    [InlineData("The job runs for 30 minutes.", "The job runs for 45 minutes.")]
    [InlineData("The monorepo uses pnpm for package management.", "The monorepo does not use pnpm.")]
    [InlineData("The standup is in Bo's office.", "The standup is in Cy's office.")]
    [InlineData("Petra lives in Aarhus.", "Petra lives in Leeds.")]
    [InlineData("Anika switched from espresso to oat milk.", "Anika wants espresso.")]
    public void ForbidsContradiction_one_attribute_with_two_values_nothing_speaks_against_it(string one, string other)
    {
        Forbids(one, other).ShouldBeNull();
        Forbids(other, one).ShouldBeNull();
    }

    private static string? Forbids(string one, string other)
    {
        var (here, there) = (Read(one), Read(other, 1));
        return AttributeGuard.ForbidsContradiction(here, there, TermAlignment.Of(here, there, Vectors));
    }
}
