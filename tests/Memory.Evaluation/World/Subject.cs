using Memory.Evaluation.World.Attributes;

namespace Memory.Evaluation.World;

/// <summary>A person, project or contract that statements are about.</summary>
/// <param name="Names">What it is called, the full name first.</param>
/// <param name="Attributes">What can be said of it.</param>
internal sealed record Subject(IReadOnlyList<string> Names, IReadOnlyList<WorldAttribute> Attributes)
{
    // First names are unique: nobody in this world would have to ask which Mira is meant.
    private static readonly string[] FirstNames =
        ["Mira", "Jonah", "Selma", "Arvid", "Petra", "Luca", "Noor", "Emil", "Thea", "Ruben", "Anika", "Oskar", "Livia", "Hugo", "Zora", "Milan"];

    private static readonly string[] LastNames =
        ["Halvorsen", "Castell", "Brandvik", "Moreau", "Szabo", "Ferrante", "Aalto", "Quist", "Ibarra", "Novak", "Thorne", "Velde", "Ekdal", "Rossi", "Marsh", "Lang"];

    private static readonly string[] Projects =
        ["Larkspur", "Tern", "Basalt", "Juniper", "Halyard", "Cobalt", "Osprey", "Meridian", "Thistle", "Beacon", "Kiln", "Saffron"];

    private static readonly string[] Contracts =
    [
        "the electricity contract", "the internet line", "the gym membership", "the car insurance", "the streaming plan",
        "the storage unit", "the allotment lease", "the newspaper subscription", "the dental plan", "the alarm system",
    ];

    /// <summary>The name by which claims call it.</summary>
    public string Name => Names[0];

    /// <summary>Draws the subjects of a world.</summary>
    public static IReadOnlyList<Subject> Draw(WorldSize size, Random random)
    {
        var lastNames = Shuffled(LastNames, random);
        WorldAttribute[] personal = [.. PersonAttributes.All, .. PersonHabits.All];
        return
        [
            .. Shuffled(FirstNames, random).Take(size.People).Select((first, i) => new Subject([$"{first} {lastNames[i]}", first], personal)),
            .. Shuffled(Projects, random).Take(size.Projects).Select(static name => new Subject([name], ProjectAttributes.All)),
            .. Shuffled(Contracts, random).Take(size.Contracts).Select(static name => new Subject([name], ContractAttributes.All)),
        ];
    }

    private static string[] Shuffled(string[] names, Random random)
    {
        var shuffled = names.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
