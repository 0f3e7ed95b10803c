using Memory.Core.Memories;

namespace Memory.Evaluation.World.Attributes;

/// <summary>What people eat, drink, keep and prefer: some lie close to each other and do not contradict.</summary>
internal static class PersonHabits
{
    private static readonly IReadOnlyList<string> Drinks = ["green tea", "black coffee", "espresso", "peppermint tea", "cocoa", "orange juice", "oat milk", "sparkling water", "kombucha"];

    public static IReadOnlyList<WorldAttribute> All { get; } =
    [
        new("diet", ["vegan", "vegetarian", "pescatarian", "gluten-free", "low-carb", "kosher", "Mediterranean", "dairy-free"])
        {
            Kind = MemoryKind.Preference,
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} is on a {v} diet.", "{s} eats a {v} diet.", "{s}'s diet is {v}.", "{s} follows a {v} diet.", "meals for {s} have to be {v}.",
                "{s} keeps to {v} food.", "the diet {s} follows is {v}.", "{s} eats only {v} food.",
            ],
            Changes =
            [
                "{s} switched from a {o} diet to a {v} one.", "{s} went from {o} to {v}.", "{s} gave up the {o} diet and is {v} now.", "{s} now eats {v} instead of {o}.",
                "{s} has changed to a {v} diet.",
            ],
            Ends = ["{s} no longer eats {o}.", "{s} has stopped the {o} diet."],
            Questions = ["What diet does {s} follow?", "What kind of food can I cook for {s}?", "Which diet is {s} on?"],
        },
        new("pet", ["a beagle", "a tabby cat", "a parrot", "a rabbit", "a greyhound", "a tortoise", "a Siamese cat", "a hamster"])
        {
            ChangesIn90Days = 0.3,
            States =
            [
                "{s} has {v}.", "{s} keeps {v}.", "{s}'s pet is {v}.", "{s} owns {v} as a pet.", "the pet of {s} is {v}.", "{s} shares the flat with {v}.",
                "at {s}'s home there is {v}.",
            ],
            Changes =
            [
                "{s} gave {o} away and has {v} now.", "{s} has {v} now instead of {o}.", "{s} replaced {o} with {v}.", "after {o}, {s} got {v}.",
                "{s} used to have {o} and now keeps {v}.",
            ],
            Ends = ["{s} no longer has {o}.", "{s} does not keep {o} any more."],
            Questions = ["What pet does {s} have?", "Which animal does {s} keep?"],
        },
        new("morning drink", Drinks)
        {
            Kind = MemoryKind.Preference,
            ChangesIn90Days = 0.4,
            States =
            [
                "{s} prefers {v} in the morning.", "in the morning {s} drinks {v}.", "{s} starts the day with {v}.", "{s}'s morning drink is {v}.", "{s} likes {v} at breakfast.",
                "{s} takes {v} in the mornings.", "for breakfast {s} wants {v}.",
            ],
            Changes =
            [
                "{s} switched from {o} to {v} in the morning.", "in the morning {s} now drinks {v} instead of {o}.", "{s} gave up {o} at breakfast for {v}.",
                "{s}'s morning drink is {v} now, not {o}.",
            ],
            Ends = ["{s} no longer drinks {o} in the morning."],
            Questions = ["What does {s} drink in the morning?", "What should I serve {s} at breakfast to drink?"],
        },
        new("evening drink", Drinks)
        {
            Kind = MemoryKind.Preference,
            ChangesIn90Days = 0.4,
            States =
            [
                "{s} prefers {v} in the evening.", "in the evening {s} drinks {v}.", "{s} ends the day with {v}.", "{s}'s evening drink is {v}.", "{s} likes {v} after dinner.",
                "{s} takes {v} in the evenings.", "after dinner {s} wants {v}.",
            ],
            Changes =
            [
                "{s} switched from {o} to {v} in the evening.", "in the evening {s} now drinks {v} instead of {o}.", "{s} gave up {o} after dinner for {v}.",
                "{s}'s evening drink is {v} now, not {o}.",
            ],
            Ends = ["{s} no longer drinks {o} in the evening."],
            Questions = ["What does {s} drink in the evening?", "What does {s} like to drink after dinner?"],
        },
        new("editor", ["VS Code|Visual Studio Code", "Neovim", "Emacs", "Rider|JetBrains Rider", "Zed", "Sublime Text", "Helix"])
        {
            Kind = MemoryKind.Preference,
            ChangesIn90Days = 0.6,
            States =
            [
                "{s} uses {v} as an editor.", "{s} writes code in {v}.", "{s}'s editor is {v}.", "{s} prefers {v} for coding.", "the editor {s} works with is {v}.",
                "{v} is {s}'s editor of choice.", "for code {s} opens {v}.",
            ],
            Changes =
            [
                "{s} switched from {o} to {v}.", "{s} dropped {o} for {v} as an editor.", "{s} now codes in {v} instead of {o}.", "{s} moved to {v} as editor.",
                "{s} changed editors from {o} to {v}.",
            ],
            Ends = ["{s} no longer uses {o}.", "{s} stopped using {o} as an editor."],
            Questions = ["Which editor does {s} use?", "What does {s} write code in?"],
        },
        new("commute", ["by tram", "by bike", "on foot", "by ferry", "by bus", "by train", "by car", "by scooter"])
        {
            ChangesIn90Days = 0.4,
            States =
            [
                "{s} commutes {v}.", "{s} goes to work {v}.", "{s} gets to the office {v}.", "{s} comes to work {v}.", "{s} travels to work {v}.",
                "{s}'s way to work is {v}.", "every morning {s} gets to work {v}.",
            ],
            Changes =
            [
                "{s} now commutes {v} instead of {o}.", "{s} used to commute {o} and now goes {v}.", "{s} switched from commuting {o} to commuting {v}.",
                "{s} has changed to going to work {v}.",
            ],
            Ends = ["{s} no longer commutes {o}."],
            Questions = ["How does {s} get to work?", "How does {s} commute?"],
        },
        new("training day", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
        {
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} trains on {v}s.", "{s} goes to the gym on {v}s.", "{s}'s gym day is {v}.", "{v} is {s}'s training day.", "{s} works out every {v}.",
                "on {v}s {s} is at the gym.", "the gym day of {s} is {v}.",
            ],
            Changes =
            [
                "{s} moved gym day from {o} to {v}.", "{s} now trains on {v}s instead of {o}s.", "{s}'s gym day changed from {o} to {v}.",
                "{s} switched training to {v}s.",
            ],
            Ends = ["{s} no longer trains on {o}s."],
            Questions = ["On which day does {s} go to the gym?", "On what day does {s} work out?"],
        },
    ];
}
