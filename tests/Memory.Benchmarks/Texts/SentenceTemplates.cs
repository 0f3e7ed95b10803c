namespace Memory.Benchmarks.Texts;

/// <summary>What assistants store: preferences, decisions, facts and events of work and household.</summary>
internal static class SentenceTemplates
{
    public static IReadOnlyList<SentenceTemplate> All { get; } =
    [
        new("{person} prefers {tool} over {tool2} for {task} because {reason}.", "What does {person} like to use for {task}?"),
        new("The team of {project} decided on {date} to replace {tool} with {tool2}, since {reason}.", "Why did {project} move away from {tool}?"),
        new("{person} is allergic to {food} and does not like {food2}; in {place} the cook was told on {date}.", "What can {person} not eat?"),
        new("The {part} of {project} {trouble} since version {version}; {person} is looking into it.", "Who looks into the {part} of {project}?"),
        new("{person} moved from {place} to {place2} on {date} and works remotely as a {role}.", "Where does {person} live now?"),
        new("{person}'s {relation} {name} visits {place} on {date} and needs the {thing}.", "When does {person}'s {relation} come to {place}?"),
        new("The meeting about the {part} of {project} with {person} was moved to {date} at {time}.", "When do we meet {person} about the {part}?"),
        new("In {project} the {part} reads its settings from {path} and listens on port {number}.", "Which port does the {part} of {project} use?"),
        new("{person} asked never to be called before {time}, because {task} takes the whole morning.", "When may I call {person}?"),
        new("{tool} {version} broke the {part} of {project}; the workaround is in {path}.", "How do we get around the {tool} problem in {project}?"),
        new("{person} took over {task} for {project} from {person2} on {date}.", "Who is responsible for {task} in {project}?"),
        new("The {thing} of {person} was bought in {place} on {date} and has a warranty of {number} days.", "How long is the warranty on {person}'s {thing}?"),
        new("{person} started {hobby} in {place} and meets {name} there every week at {time}.", "Which hobby did {person} start?"),
        new("We agreed with {person} that the {part} must answer within {number} milliseconds before {date}.", "How fast must the {part} be, as agreed with {person}?"),
        new("{person} wants summaries in short bullet points and code samples in {tool}, not {tool2}.", "How does {person} want summaries?"),
        new("{project} is deployed to {place} with {tool}; rollbacks go through {path}.", "How is {project} rolled back?"),
        new("The budget of {project} was raised to {number} thousand euros on {date} after {person} objected.", "What is the budget of {project}?"),
        new("{person} lent the {thing} to {person2} until {date}.", "Who has the {thing} of {person}?"),
        new("Remember to renew the {thing} of {name} in {place} before {date}; the reference is {number}.", "When must the {thing} of {name} be renewed?"),
        new("{person} joined {project} as a {role} and knows {tool} and {tool2} well.", "Which {role} on {project} knows {tool}?"),
        new("The flight of {person} from {place} to {place2} leaves on {date} at {time}.", "When does {person} fly to {place2}?"),
        new("Customer {number} of {project} complained that the {part} {trouble}.", "Which customer complained about the {part} of {project}?"),
        new("{person} found that the {part} {trouble} when {tool} is upgraded to {version}.", "What happens to the {part} with {tool} {version}?"),
        new("For {task} {person} uses a script in {path} that needs {tool} {version}.", "Where is the script that {person} uses for {task}?"),
        new("{person} will be on holiday in {place} from {date}; {person2} answers for {project} meanwhile.", "Who stands in for {person} on {project}?"),
        new("{name}'s {relation} in {place} recommended {food} with {food2} for the dinner on {date}.", "What was recommended for the dinner on {date}?"),
        new("The tests of the {part} in {project} take {number} seconds; {person} wants to halve that with {tool}.", "How long do the tests of the {part} in {project} run?"),
        new("{person} no longer works as a {role} at {project}; since {date} the contact is {person2}.", "Who is the contact at {project} now?"),
        new("{person} keeps the {thing} in the cellar beside the {thing2}, at {place} since {date}.", "Where does {person} keep the {thing}?"),
        new("Release {version} of {project} on {date} contains the new {part} and drops support for {tool}.", "What is in release {version} of {project}?"),
        new("{person} believes that {tool} is too slow for {task}, though {person2} measured {number} requests a second.", "What does {person} think of {tool}?"),
        new("The password policy of {project} demands {number} days between changes; {person} approved it on {date}.", "Who approved the password policy of {project}?"),
        new("{person} speaks at a conference in {place} on {date} about {task} with {tool}.", "What does {person} talk about in {place}?"),
        new("When {tool} fails in {project}, restart the {part} first and tell {person} by {time}.", "What do I do when {tool} fails in {project}?"),
        new("{person} is learning {hobby} and would like the {thing} for the birthday on {date}.", "What would {person} like for the birthday?"),
        new("The {role} of {project}, {person}, insists on {tool} because {reason}.", "Why does the {role} of {project} insist on {tool}?"),
    ];
}
