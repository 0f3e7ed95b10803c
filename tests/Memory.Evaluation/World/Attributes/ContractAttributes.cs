namespace Memory.Evaluation.World.Attributes;

/// <summary>What the contracts of a household cost, with whom they are and until when.</summary>
internal static class ContractAttributes
{
    public static IReadOnlyList<WorldAttribute> All { get; } =
    [
        new("price", ["19 euros|19 EUR", "24 euros|24 EUR", "29 euros|29 EUR", "35 euros|35 EUR", "39 euros|39 EUR", "42 euros|42 EUR", "48 euros|48 EUR", "55 euros|55 EUR", "61 euros|61 EUR"])
        {
            ChangesIn90Days = 0.8,
            States =
            [
                "{s} costs {v} a month.", "the price of {s} is {v} per month.", "we pay {v} a month for {s}.", "{s} comes to {v} monthly.", "{v} a month goes to {s}.",
                "the monthly fee for {s} is {v}.", "every month {s} takes {v} from the account.",
            ],
            Changes =
            [
                "{s} went from {o} to {v} a month.", "the price of {s} went from {o} to {v} a month.", "{s} now costs {v} a month instead of {o}.",
                "the monthly fee for {s} changed from {o} to {v}.", "{s} is {v} a month from now on.",
            ],
            Ends = ["{s} no longer costs {o} a month."],
            Questions = ["How much does {s} cost a month?", "What do we pay for {s}?", "What is the monthly fee for {s}?"],
        },
        new("provider", ["Fjordia", "Alpenstrom", "Ostara", "Mercato", "Velonet", "Castellan", "Bluefin", "Tramontana"])
        {
            ChangesIn90Days = 0.6,
            States =
            [
                "{s} is with {v}.", "the provider of {s} is {v}.", "{v} provides {s}.", "we have {s} from {v}.", "{s} is supplied by {v}.", "the company behind {s} is {v}.",
                "for {s} our provider is {v}.",
            ],
            Changes =
            [
                "we moved {s} from {o} to {v}.", "{s} is now with {v} instead of {o}.", "we switched the provider of {s} from {o} to {v}.", "we left {o} and have {s} from {v} now.",
                "{v} has taken over {s} from {o}.",
            ],
            Ends = ["{s} is no longer with {o}.", "{o} does not provide {s} any more."],
            Questions = ["Who provides {s}?", "Which company is {s} with?"],
        },
        new("renewal date", ["3 July 2026|July 3, 2026|2026-07-03", "21 July 2026|July 21, 2026|2026-07-21", "9 August 2026|August 9, 2026|2026-08-09", "1 September 2026|September 1, 2026|2026-09-01", "18 October 2026|October 18, 2026|2026-10-18", "5 November 2026|November 5, 2026|2026-11-05", "12 December 2026|December 12, 2026|2026-12-12"])
        {
            ChangesIn90Days = 0.4,
            States =
            [
                "{s} renews on {v}.", "the renewal date of {s} is {v}.", "{s} runs until {v}.", "{s} is up for renewal on {v}.", "{v} is when {s} renews.",
                "the current term of {s} ends on {v}.", "{s}'s renewal is on {v}.",
            ],
            Changes =
            [
                "the renewal of {s} moved from {o} to {v}.", "{s} now renews on {v} instead of {o}.", "the term of {s} now ends on {v}, not on {o}.", "the new renewal date of {s} is {v}.",
            ],
            Ends = ["{s} no longer renews on {o}."],
            Questions = ["When does {s} renew?", "Until when does {s} run?"],
        },
        new("notice period", ["2 weeks", "4 weeks", "6 weeks", "8 weeks", "10 weeks", "12 weeks"])
        {
            ChangesIn90Days = 0.2,
            States =
            [
                "the notice period of {s} is {v}.", "{s} can be cancelled with {v} notice.", "{s} has a notice period of {v}.", "to cancel {s} we must give {v} notice.",
                "cancelling {s} takes {v} notice.", "the notice for {s} is {v}.", "we have to give {v} notice to end {s}.",
            ],
            Changes =
            [
                "the notice period of {s} changed from {o} to {v}.", "{s} now needs {v} notice instead of {o}.", "the new notice period of {s} is {v}.",
                "{s} went from {o} to {v} notice.",
            ],
            Ends = ["{s} no longer needs {o} notice."],
            Questions = ["What is the notice period of {s}?", "How much notice do we have to give to cancel {s}?"],
        },
        new("contact", ["Mrs Falk", "Mr Osei", "Mrs Duarte", "Mr Lindner", "Mrs Kowalska", "Mr Brandt", "Mrs Moreau", "Mr Santoro"])
        {
            ChangesIn90Days = 0.4,
            States =
            [
                "the contact for {s} is {v}.", "questions about {s} go to {v}.", "{v} handles {s}.", "{s} is handled by {v}.", "our contact person for {s} is {v}.",
                "{v} is in charge of {s}.", "whoever has trouble with {s} should ask {v}.",
            ],
            Changes =
            [
                "{v} took over from {o} as contact for {s}.", "the contact for {s} changed from {o} to {v}.", "{s} is now handled by {v} instead of {o}.",
                "{v} is the new contact for {s}.",
            ],
            Ends = ["{o} no longer handles {s}."],
            Questions = ["Who is the contact for {s}?", "Whom do I call about {s}?"],
        },
    ];
}
