namespace Memory.Evaluation.World.Attributes;

/// <summary>Where people live and work, what they drive and whom they report to.</summary>
internal static class PersonAttributes
{
    public static IReadOnlyList<WorldAttribute> All { get; } =
    [
        new("home city", ["Oslo", "Bergen", "Lyon", "Porto", "Ghent", "Turin", "Leeds", "Aarhus", "Graz", "Tartu", "Basel", "Gdansk"])
        {
            ChangesIn90Days = 0.7,
            States =
            [
                "{s} lives in {v}.", "{s}'s home is in {v}.", "{v} is where {s} lives.", "{s} is based in {v}.", "{s} resides in {v}.",
                "{s} has a flat in {v} and lives there.", "home for {s} is {v}.", "the city {s} lives in is {v}.",
            ],
            Changes =
            [
                "{s} moved from {o} to {v}.", "{s} has moved to {v}.", "{s} relocated from {o} to {v}.", "{s} left {o} and lives in {v} now.",
                "{s} now lives in {v} instead of {o}.", "after years in {o}, {s} has settled in {v}.",
            ],
            Ends = ["{s} no longer lives in {o}.", "{s} does not live in {o} any more."],
            Questions = ["Where does {s} live?", "Which city is {s}'s home?", "What town is {s} based in?"],
        },
        new("employer", ["Nordlys Energy", "Brightwater", "Kestrel Labs", "Helio Foods", "Tamarind Bank", "Vale Robotics", "Opal Travel", "Sorrel Health", "Quayside Media", "Lumen Freight"])
        {
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} works at {v}.", "{s} works for {v}.", "{s} is employed by {v}.", "{s}'s employer is {v}.", "{s} has a job at {v}.",
                "{v} employs {s}.", "the company {s} works for is {v}.", "{s} is on the staff of {v}.",
            ],
            Changes =
            [
                "{s} left {o} and joined {v}.", "{s} switched jobs from {o} to {v}.", "{s} has joined {v}.", "{s} now works at {v} instead of {o}.",
                "{s} moved from {o} to {v} for a new job.",
            ],
            Ends = ["{s} no longer works at {o}.", "{s} quit the job at {o}."],
            Questions = ["Where does {s} work?", "Who is {s}'s employer?", "Which company does {s} work for?"],
        },
        new("car", ["Skoda Fabia|Fabia", "Volvo V60|V60", "Fiat 500", "Renault Zoe|Zoe", "Mazda 3", "Dacia Jogger|Jogger", "Kia Niro|Niro", "Peugeot 208"])
        {
            ChangesIn90Days = 0.4,
            States =
            [
                "{s} drives a {v}.", "{s}'s car is a {v}.", "{s} owns a {v}.", "the car {s} drives is a {v}.", "{s} gets around in a {v}.",
                "a {v} is what {s} drives.", "{s} has a {v} in the garage.",
            ],
            Changes =
            [
                "{s} sold the {o} and drives a {v} now.", "{s} traded the {o} in for a {v}.", "{s} replaced the {o} with a {v}.",
                "{s} switched from the {o} to a {v}.", "instead of the {o}, {s} now drives a {v}.",
            ],
            Ends = ["{s} no longer drives the {o}.", "{s} does not have the {o} any more."],
            Questions = ["What car does {s} drive?", "Which car does {s} own?"],
        },
        new("manager", ["Ingrid Solberg", "Tomas Reuter", "Priya Nair", "Colm Byrne", "Yuki Tanabe", "Beatriz Lobo", "Anton Weiss", "Farah Haddad"])
        {
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} reports to {v}.", "{s}'s manager is {v}.", "{v} manages {s}.", "{v} is {s}'s manager.", "{s}'s boss is {v}.",
                "{v} is the person {s} reports to.", "the line manager of {s} is {v}.",
            ],
            Changes =
            [
                "{s} now reports to {v} instead of {o}.", "{v} took over from {o} as {s}'s manager.", "{s}'s manager changed from {o} to {v}.",
                "{s} switched from {o}'s team to {v}'s and reports to {v}.", "{v} is {s}'s new manager.",
            ],
            Ends = ["{s} no longer reports to {o}.", "{o} is not {s}'s manager any more."],
            Questions = ["Who is {s}'s manager?", "Whom does {s} report to?", "Who is the boss of {s}?"],
        },
        new("desk extension", ["4117", "4182", "4236", "4251", "4309", "4374", "4418", "4493", "4527", "4566"])
        {
            ChangesIn90Days = 0.3,
            States =
            [
                "{s}'s extension is {v}.", "{s} can be reached on extension {v}.", "the desk phone of {s} has extension {v}.", "one reaches {s} on extension {v}.",
                "extension {v} rings at {s}'s desk.", "the number to dial for {s} is {v}.", "{s} has extension {v}.",
            ],
            Changes =
            [
                "{s}'s extension changed from {o} to {v}.", "{s} now has extension {v} instead of {o}.", "{s}'s new extension is {v}.",
                "{s} moved desks; the extension is {v} now, not {o}.",
            ],
            Ends = ["extension {o} no longer reaches {s}."],
            Questions = ["What is {s}'s extension?", "Which number do I dial to phone {s}?"],
        },
        new("birthday", ["4 January|January 4", "19 February|February 19", "7 March|March 7", "23 April|April 23", "11 May|May 11", "30 June|June 30", "16 August|August 16", "2 October|October 2", "27 November|November 27"])
        {
            States =
            [
                "{s}'s birthday is on {v}.", "{s} was born on {v}.", "{s} celebrates a birthday on {v}.", "{v} is {s}'s birthday.", "the birthday of {s} is {v}.",
                "{s} has a birthday on {v}.", "{v} is the day {s} was born.",
            ],
            Questions = ["When is {s}'s birthday?", "On what day was {s} born?"],
        },
        new("languages", ["Spanish", "German", "Portuguese", "Dutch", "Polish", "Japanese", "Italian", "Greek", "Swedish", "Turkish"])
        {
            ValuesAtOnce = 3,
            States =
            [
                "{s} speaks {v}.", "{s} is fluent in {v}.", "{s} knows {v} well.", "{v} is one of the languages {s} speaks.", "{s} can hold a conversation in {v}.",
                "{s} speaks fluent {v}.", "among other languages, {s} speaks {v}.",
            ],
            Questions = ["Which languages does {s} speak?", "What languages is {s} fluent in?"],
        },
        new("allergy", ["peanuts", "shellfish", "penicillin", "pollen", "latex", "sesame", "bee stings", "kiwi"])
        {
            States =
            [
                "{s} is allergic to {v}.", "{s} has an allergy to {v}.", "{s}'s allergy is to {v}.", "{s} reacts badly to {v}: an allergy.",
                "what {s} is allergic to is {v}.", "{s} suffers from an allergy to {v}.", "{s}, who is allergic, has to avoid {v}.",
            ],
            Questions = ["What is {s} allergic to?", "Which allergy does {s} have?"],
        },
    ];
}
