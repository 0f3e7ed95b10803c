namespace Memory.Core.Entities;

/// <summary>What a capitalised English word can be besides a name.</summary>
internal enum EntityWord : byte
{
    /// <summary>Not a common word: a name wherever it stands.</summary>
    Unknown,

    /// <summary>Never a name by itself: pronouns, articles, conjunctions, greetings.</summary>
    Function,

    /// <summary>Common at the start of a sentence, where its capital says nothing: 'Will', 'Use', 'Remember'.</summary>
    Starter,

    /// <summary>A weekday or month, which is a time.</summary>
    Calendar,

    /// <summary>A month that is also a given name or verb: 'April', 'May', 'June', 'March', 'August'.</summary>
    DoubtfulMonth,

    /// <summary>'Dr', 'Mrs': belongs before a name and not to it.</summary>
    Title,

    /// <summary>'of', 'van': may stand between two parts of a name.</summary>
    Particle,

    /// <summary>A preposition of time: a doubtful month after it is a time.</summary>
    TimePreposition,

    /// <summary>'hours', 'kg': the number before it is an amount and no version.</summary>
    Measure,
}

/// <summary>The English words that rules about names need to know.</summary>
internal static class EntityWords
{
    private const int MaxLength = 14;

    private static readonly Dictionary<string, EntityWord>.AlternateLookup<ReadOnlySpan<char>> Table = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    // Names with the endings that otherwise mark an adverb or participle at the start of a sentence.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Exceptions = new HashSet<string>(
        ("Emily Sally Kelly Molly Lily Lilly Holly Billy Polly Carly Italy Sicily Kimberly Beverly Shelly Willy Wally Nelly Elly Ally July "
        + "Fred Ted Ned Ed Ahmed Mohammed Mohamed Muhammed Hamed Alfred Jared Wilfred Winifred Mildred Manfred Red Reed "
        + "Ming Beijing Boeing Bing King Irving Sterling Ping Jing Ling Ying Ding Redding Reading Wyoming Harding Fielding Nanjing Trinity Felicity Charity Kitty Clement Mable Mabel").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a word is, in any letter case.</summary>
    public static EntityWord Of(ReadOnlySpan<char> word) =>
        word.Length <= MaxLength && Table.TryGetValue(word, out var found) ? found
        : IsContraction(word) ? EntityWord.Function
        : EntityWord.Unknown;

    /// <summary>Whether a capital at the start of a sentence says nothing about this word.</summary>
    public static bool IsCommon(ReadOnlySpan<char> word) => Of(word) switch
    {
        EntityWord.Title => false,
        EntityWord.Unknown => HasCommonEnding(word) && !Exceptions.Contains(word),
        _ => true,
    };

    // The endings of adverbs, participles, abstract nouns and adjectives; and a common word with an s ('Reminds', 'Games').
    private static bool HasCommonEnding(ReadOnlySpan<char> word) => word switch
    {
        [.., 'i', 'n', 'g'] or [.., 'l', 'y'] or [.., 'e', 'd'] => true,
        [.., 't', 'i', 'o', 'n'] or [.., 'n', 'e', 's', 's'] or [.., 'm', 'e', 'n', 't'] or [.., 'i', 't', 'y'] => true,
        [.., 'f', 'u', 'l'] or [.., 'a', 'b', 'l', 'e'] or [.., 'l', 'e', 's', 's'] or [.., 'o', 'u', 's'] => true,
        [_, _, .., 's'] => Of(word[..^1]) == EntityWord.Starter,
        _ => false,
    };

    // 'They've', 'It'll', 'Haven’t', 'How're': grammar and no name; the possessive is another matter.
    private static bool IsContraction(ReadOnlySpan<char> word) => word switch
    {
        [.., '\'' or '’', 'l' or 'v' or 'r', 'l' or 'e'] or [.., '\'' or '’', 'd' or 'm' or 't'] => true,
        _ => false,
    };

    private static Dictionary<string, EntityWord> Build()
    {
        var table = new Dictionary<string, EntityWord>(800, StringComparer.OrdinalIgnoreCase);
        void Add(EntityWord kind, string words)
        {
            foreach (var word in words.Split(' '))
            {
                table[word] = kind;
            }
        }

        Add(EntityWord.Starter,
            "able accept access according account across action actually add admin against ago agree alert allow almost alone along already also although always among answer "
            + "any anyone anyway apply appears archive around art ask assume avoid back bad based basic be because before begin being below best better big block both break bring "
            + "broken bug build buy bye call can care case catch cause change changes check checks choose city class clean clear close code come comes compare complete config configure "
            + "confirm connect consider contact content continue cool copy correct could create current customer customers daily data date day days debug deal dear decide decision default "
            + "define delete deploy description design despite details dinner disable discuss do docs does don't done double download drop due during each early easy either else "
            + "email enable end enjoy ensure enter error errors especially even event every everybody everyone everything exactly example except expect explain extra fact fail failed fall false "
            + "family fast favorite favourite feel few file files fill final find first fix focus follow food football for friend friends from full fun funny future game generate get getting "
            + "give glad go goal goals good got grace great group guess had half happy hard has hate have having health heard help here hi high hold home hope hour hours house how however "
            + "idea if imagine import important inside instead is issue issues it its job join just keep key kids kind know last late later learn leave left less let lets life like limit line "
            + "list little live load local log long look looks lots love low lunch main make makes making man many mark maybe me meet meeting meetings memory men merge message might mine miss "
            + "model mom more morning most mother move much music must name near need needs neither never new next nice night no nobody none nor normal not note notes nothing now number of "
            + "off often old once one only open option options order other others our out outside over own page parents park part past pay people perhaps person pick place plan plans play please "
            + "point port possible prefer prefers pretty price problem project put query question quick quite read ready real recall recent remember remind remove rename replace report request "
            + "require requires reset restart result results return review right road rule rules run running said same save say says school search second see seems select send server service set "
            + "several shall share she shipping short should show shows similar simple since sister size skip small so some somebody someone something sometimes son soon sorry sort sound sounds "
            + "special split start started status step still stop store story such summary summer support sure system table take takes talk task tasks team tell ten test tests text than that the "
            + "their them then there these they thing things think this those though thought three through time times today together tomorrow tonight too top total track travel treat trip true try "
            + "turn turns two type under unless until up update upgrade upon us use used user users uses using usually value verify version very view visit wait walk want wants warm warning was "
            + "watch way we week weekend weeks well went were what whatever when whenever where whether which while who whole whose why wife will winter wish with within without word words work "
            + "works world worth would write wrong year years yesterday yet you your yours zero autumn spring dad brother daughter husband hey wow "
            + "absolutely adorable alright always another anytime anyways apart appreciate awesome besides believe bet blue books boy bring busy cheers competitive congrats congratulations cool "
            + "crazy cute dang definitely doubt dream enough epic ever excited fair faith fewer found gather girl gotcha gotta green guys hang honestly hopefully huge "
            + "incredible indeed jealous kinda lucky luckily met moreover music nah nature oops otherwise plenty plus proud push red relax rest rock sad seen seven someday "
            + "somewhat soon sounds stay strong stuff super sweet therefore thoughts thus took tough true truly unlike wanna whoa woah wonderful woo woohoo wrote yay yea yum young btw aka asap imo");
        Add(EntityWord.Function,
            "i i'm i've i'd i'll a an the and or but so if nor yet he she it we they you me him us them my your his her its our their this that these those what which who whom whose when where "
            + "why how is are was were be been am do does did have has had not no yes yeah yep yup nope ok okay oh hi hey hello hiya wow thanks thank please sorry haha lol hmm ah aw aww ooh ugh um well "
            + "too very also just there here then than as to in on at by for from with about into it's that's there's here's what's let's he's she's we're they're you're you've we've we'll you'll "
            + "don't doesn't didn't can't won't isn't aren't wasn't couldn't wouldn't shouldn't gonna todo fixme tbd etc fyi pm am re vs ps nb eg ie");
        Add(EntityWord.Calendar,
            "monday tuesday wednesday thursday friday saturday sunday january february july september october november december mon tue tues wed thu thurs fri sat sun "
            + "jan feb mar apr jun jul aug sep sept oct nov dec");
        Add(EntityWord.DoubtfulMonth, "march april may june august");
        Add(EntityWord.Title, "mr mrs ms dr prof sir madam");
        Add(EntityWord.Particle, "of de van von der den da di del la le du dos el al bin ibn y");
        Add(EntityWord.TimePreposition, "in on since until till by before after during from between last this next early late mid every");
        Add(EntityWord.Measure,
            "hour hours hrs hr h minute minutes min mins sec secs ms s us ns day days weeks months years year x times percent pct kg g mg lb lbs oz km m cm mm mile miles ft feet inch inches l ml liters litres "
            + "kb mb gb tb kib mib gib mhz ghz hz w kw v mv million billion thousand k dollars euros usd eur gbp degrees points stars cups tbsp tsp cores tokens out and or to per");
        return table;
    }
}
