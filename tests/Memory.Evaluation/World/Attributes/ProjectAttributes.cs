using Memory.Core.Memories;

namespace Memory.Evaluation.World.Attributes;

/// <summary>How software projects are built, run and led.</summary>
internal static class ProjectAttributes
{
    public static IReadOnlyList<WorldAttribute> All { get; } =
    [
        new("database", ["PostgreSQL|Postgres", "MySQL", "SQLite", "MongoDB|Mongo", "CockroachDB", "MariaDB", "DynamoDB", "Redis"])
        {
            ChangesIn90Days = 0.7,
            States =
            [
                "{s} uses {v}.", "{s} stores its data in {v}.", "{s} runs on {v}.", "the database of {s} is {v}.", "{s}'s database is {v}.", "{v} is the database behind {s}.",
                "{s} keeps its data in {v}.", "{s} is backed by {v}.",
            ],
            Changes =
            [
                "{s} migrated from {o} to {v}.", "{s} switched from {o} to {v}.", "{s} moved its data from {o} to {v}.", "{s} now uses {v} instead of {o}.",
                "{s} replaced {o} with {v}.", "the database of {s} is now {v}.",
            ],
            Ends = ["{s} no longer uses {o}.", "{s} has dropped {o}."],
            Questions = ["Which database does {s} use?", "Where does {s} store its data?", "What is the database behind {s}?"],
        },
        new("production port", ["8080", "8443", "9000", "9443", "7070", "7443", "6060", "6443"])
        {
            ChangesIn90Days = 0.6,
            States =
            [
                "{s} listens on port {v} in production.", "in production {s} runs on port {v}.", "{s}'s production port is {v}.", "the production port of {s} is {v}.",
                "production traffic reaches {s} on port {v}.", "{s} serves production on {v}.", "port {v} is {s}'s port in production.",
            ],
            Changes =
            [
                "{s}'s production port changed from {o} to {v}.", "in production {s} now listens on {v} instead of {o}.", "{s} moved from port {o} to port {v} in production.",
                "the production port of {s} is now {v}.",
            ],
            Ends = ["{s} no longer listens on port {o} in production."],
            Questions = ["Which port does {s} listen on in production?", "What is the production port of {s}?"],
        },
        new("staging port", ["8080", "8443", "9000", "9443", "7070", "7443", "6060", "6443"])
        {
            ChangesIn90Days = 0.6,
            States =
            [
                "{s} listens on port {v} in staging.", "in staging {s} runs on port {v}.", "{s}'s staging port is {v}.", "the staging port of {s} is {v}.",
                "staging traffic reaches {s} on port {v}.", "{s} serves staging on {v}.", "port {v} is {s}'s port in staging.",
            ],
            Changes =
            [
                "{s}'s staging port changed from {o} to {v}.", "in staging {s} now listens on {v} instead of {o}.", "{s} moved from port {o} to port {v} in staging.",
                "the staging port of {s} is now {v}.",
            ],
            Ends = ["{s} no longer listens on port {o} in staging."],
            Questions = ["Which port does {s} listen on in staging?", "What is the staging port of {s}?"],
        },
        new("version", ["1.4.0", "1.5.2", "1.6.0", "2.0.1", "2.1.0", "2.2.3", "3.0.0", "3.1.1", "3.2.0"])
        {
            ChangesIn90Days = 1.2,
            States =
            [
                "{s} is at version {v}.", "the current release of {s} is {v}.", "{s} {v} is in production.", "{s}'s latest version is {v}.", "version {v} of {s} is deployed.",
                "{s} runs version {v}.", "the deployed version of {s} is {v}.",
            ],
            Changes =
            [
                "{s} was switched from {o} to {v}.", "{s} {v} was released and replaces {o}.", "{s} went from version {o} to {v}.", "{s} is now at version {v}.",
                "we moved {s} from version {o} to {v}.",
            ],
            Ends = ["{s} {o} is no longer deployed."],
            Questions = ["Which version of {s} is deployed?", "What is the current release of {s}?"],
        },
        new("deadline", ["12 June 2026|June 12, 2026|2026-06-12", "30 June 2026|June 30, 2026|2026-06-30", "17 July 2026|July 17, 2026|2026-07-17", "14 August 2026|August 14, 2026|2026-08-14", "4 September 2026|September 4, 2026|2026-09-04", "25 September 2026|September 25, 2026|2026-09-25", "16 October 2026|October 16, 2026|2026-10-16", "13 November 2026|November 13, 2026|2026-11-13"])
        {
            ChangesIn90Days = 0.9,
            States =
            [
                "{s} is due on {v}.", "the deadline for {s} is {v}.", "{s}'s deadline is {v}.", "{s} has to be finished by {v}.", "we must deliver {s} by {v}.",
                "{v} is the deadline of {s}.", "{s} ships on {v}.",
            ],
            Changes =
            [
                "the deadline for {s} moved from {o} to {v}.", "{s} is now due on {v} instead of {o}.", "{s}'s deadline was changed from {o} to {v}.",
                "the new deadline of {s} is {v}.", "{s} was rescheduled to {v}.",
            ],
            Ends = ["{o} is no longer the deadline for {s}."],
            Questions = ["When is {s} due?", "What is the deadline for {s}?", "By when do we have to deliver {s}?"],
        },
        new("service owner", ["Hanna Lindqvist", "Marek Dvorak", "Rosa Pinto", "Sam Okafor", "Elif Demir", "Jonas Frey", "Nadia Costa", "Piotr Zielinski"])
        {
            ChangesIn90Days = 0.6,
            States =
            [
                "{v} owns {s}.", "the owner of {s} is {v}.", "{s} is owned by {v}.", "{v} is responsible for {s}.", "{s}'s owner is {v}.",
                "{v} looks after {s}.", "responsibility for {s} lies with {v}.",
            ],
            Changes =
            [
                "{v} took {s} over from {o}.", "ownership of {s} moved from {o} to {v}.", "{o} handed {s} over to {v}.", "{s} is now owned by {v} instead of {o}.",
                "{v} is the new owner of {s}.",
            ],
            Ends = ["{o} no longer owns {s}.", "{o} is not responsible for {s} any more."],
            Questions = ["Who owns {s}?", "Who is responsible for {s}?"],
        },
        new("deploy day", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday"])
        {
            Kind = MemoryKind.Decision,
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} is deployed on {v}s.", "we deploy {s} every {v}.", "{s}'s deploy day is {v}.", "{v} is deploy day for {s}.", "releases of {s} go out on {v}s.",
                "the deploy day of {s} is {v}.", "{s} goes live on {v}s.",
            ],
            Changes =
            [
                "we moved the deploy day of {s} from {o} to {v}.", "{s} is now deployed on {v}s instead of {o}s.", "{s}'s deploy day changed from {o} to {v}.",
                "from now on {s} is deployed on {v}s.",
            ],
            Ends = ["{s} is no longer deployed on {o}s."],
            Questions = ["On which day is {s} deployed?", "When do releases of {s} go out?"],
        },
        new("build service", ["GitHub Actions", "GitLab CI", "Jenkins", "TeamCity", "Buildkite", "CircleCI", "Drone"])
        {
            ChangesIn90Days = 0.5,
            States =
            [
                "{s} is built by {v}.", "{s} uses {v} for continuous integration.", "the builds of {s} run on {v}.", "{v} builds {s}.", "{s}'s CI is {v}.",
                "the CI of {s} runs in {v}.", "for CI, {s} relies on {v}.",
            ],
            Changes =
            [
                "{s} moved its builds from {o} to {v}.", "{s} switched CI from {o} to {v}.", "{s} is now built by {v} instead of {o}.", "{s} left {o} for {v}.",
                "the builds of {s} were migrated to {v}.",
            ],
            Ends = ["{s} is no longer built by {o}.", "the CI of {s} does not use {o} any more."],
            Questions = ["What builds {s}?", "Which CI service does {s} use?"],
        },
    ];
}
