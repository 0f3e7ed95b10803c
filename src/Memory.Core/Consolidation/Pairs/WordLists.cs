using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>The English words whose part in a statement is known beforehand.</summary>
internal static class WordLists
{
    /// <summary>Grammar, and the frames in which assistants report ('the user mentioned that').</summary>
    public static readonly FrozenSet<string> Function = Set(
        "a an the and or but so if then than that this these those there here to of in on at by for from with into onto as it its is are was were be been being am do does did done doing "
        + "will would shall should can could may might must i me my mine we us our ours you your yours he him his she her hers they them their theirs who whom whose which what when where while "
        + "how also too very just still already again both each any some such about over under per via because since until during through up down out off yet "
        + "user users user's s said says say mention mentions mentioned note notes noted told tells tell reported reports stated states state states remember remembers reminder fyi "
        + "has have had having let lets get gets got one's whenever wherever however therefore thus etc e.g i.e currently current presently");

    /// <summary>What follows them says when, where or for what.</summary>
    public static readonly FrozenSet<string> Conditions = Set("for in on at during when if while with before after until unless under within");

    /// <summary>They deny what follows.</summary>
    public static readonly FrozenSet<string> Negation = Set("not never no without none neither nor cannot nothing nobody nowhere hardly dislike dislikes disliked hate hates hated avoid avoids avoided refuse refuses refused lack lacks lacked");

    /// <summary>Short forms of a verb and 'not' that lack their apostrophe, and the verb.</summary>
    public static readonly FrozenDictionary<string, string> DeniedWithoutApostrophe =
        "is are was were has have had do does did should could would might must need"
            .Split(' ').Select(static v => (Short: v + "nt", Verb: v)).Append(("cant", "can")).Append(("wont", "will")).Append(("shant", "shall")).Append(("aint", "is"))
            .ToFrozenDictionary(static v => v.Item1, static v => v.Item2, StringComparer.Ordinal);

    /// <summary>They weaken what is said.</summary>
    public static readonly FrozenSet<string> Hedges = Set(
        "probably perhaps maybe possibly likely apparently think thinks believe believes guess guesses suppose supposes seems seem seemingly presumably reportedly supposedly allegedly roughly approximately around "
        + "unsure uncertain suspect suspects assume assumes appears recall");

    /// <summary>Words of attributes that have one value at a time.</summary>
    public static readonly FrozenSet<string> SingleValued = Stems(
        "live lives reside based home located birthday born named called name default port version deadline due price cost address capital boss manager primary main favourite favorite only always "
        + "password timezone scheduled set timeout limit size height weight age married owner lead leads branch moved starts ends opens closes expires runs hosted arrives departs lasts takes blood dose "
        + "maximum minimum total colour color number code key budget salary rent seat gate room floor renewal stored deployed written works employed");

    /// <summary>Words of attributes that have many values at a time.</summary>
    public static readonly FrozenSet<string> ManyValued = Stems(
        "like likes enjoy love visit visited know speak speaks met read bought tried also too another member sometimes allergic often includes include supports support collects plays watched hates dislikes "
        + "needs wants has owns asked suggested reviewed learned attended helped experience course training idea gift hobby skill");

    /// <summary>Of what they say there are nearly always several, and none excludes another.</summary>
    public static readonly FrozenSet<string> NeverOne = Stems("speak speaks fluent language languages allergic visited hobby skill knows subscription member membership degree depends recommends supports affects dreams");

    /// <summary>Of what they say one thing or person at a time can be the holder.</summary>
    public static readonly FrozenSet<string> OneHolder = Stems("lead leads led boss manager owner responsible responsibility captain chairs heads primary main only default");

    private const string OppositePairs =
        "on off;enable disable;allow forbid;before after;like dislike;increase decrease;open close;public private;sync async;synchronous asynchronous;add remove;start stop;accept reject;always never;"
        + "required optional;mandatory optional;include exclude;above below;minimum maximum;left right;early late;hot cold;warm cold;light dark;true false;yes no;single married;upper lower;first last;more less;"
        + "more fewer;fast slow;indoor outdoor;indoors outdoors;tabs spaces;success failure;online offline;full part;remote onsite;remote office;paid free;pass fail;cheap expensive;import export;push pull;"
        + "strict lenient;ascending descending;approve reject;internal external;manual automatic;most least;buy sell;win lose;same different;known unknown;happy unhappy;able unable;big small;long short;"
        + "high low;old new;vegetarian meat;wired wireless;raw cooked;empty full;locked unlocked;active inactive;male female;even odd;inside outside;arrival departure;arrive leave;safe dangerous;"
        + "lend borrow;lent borrowed;owe lend;owes lent;give receive;gave received;teach learn;junior senior;morning evening;day night;weekday weekend;sweet savoury;sparkling still;window aisle;left-handed right-handed;all none;all some;every some;always sometimes;often rarely;upstairs downstairs;"
        + "accept decline;accept refuse;accept turn_down;accept deny;approve block;approve decline;approve deny;approve veto;approve turn_down;gain lose;find lose;follow ignore;follow disregard;follow break;"
        + "call_off go_ahead;cancel go_ahead;cancel confirm;call_off confirm;put_off bring_forward;postpone bring_forward;postpone advance;take_up decline;take_up turn_down;take_up give_up;take_up drop;join leave;join quit;enter leave;enter exit;"
        + "build demolish;build destroy;create delete;create destroy;confirm deny;continue stop;continue quit;keep discard;keep throw_away;keep drop;deposit withdraw;upgrade downgrade;hire fire;hire dismiss;hire lay_off;"
        + "encourage discourage;expand shrink;grow shrink;rise fall;raise lower;raise cut;raise reduce;increase reduce;increase cut;fill drain;remember forget;freeze thaw;grant revoke;grant deny;grant refuse;help hinder;hide show;hit miss;catch miss;"
        + "improve worsen;lengthen shorten;lift lower;love hate;marry divorce;merge split;praise criticise;praise criticize;praise blame;prevent cause;promote demote;protect expose;publish retract;send receive;reveal conceal;save waste;save spend;"
        + "succeed fail;support oppose;tighten loosen;trust distrust;turn_on turn_off;switch_on switch_off;turn_up turn_down;wake sleep;adopt abandon;admit deny;ascend descend;assemble dismantle;encrypt decrypt;encode decode;activate deactivate;"
        + "attach detach;serialize deserialize;increment decrement;log_in log_out;check_in check_out;opt_in opt_out;move_in move_out;put_on take_off;pick_up drop_off;speed_up slow_down;set_up take_down;arrive depart;win forfeit;agree refuse;"
        + "lock open;block allow;repair break;fix break;renew cancel;subscribe cancel;asleep awake;alive dead;full hungry;present absent;wet dry;clean dirty;healthy ill;rich poor;tall short;thick thin;wide narrow;deep shallow;heavy light;loud quiet;strong weak;"
        + "hard soft;rough smooth;sharp blunt;tight loose;smoker non-smoker;guilty innocent;legal illegal;profit loss;asset liability;credit debit;supply demand;entrance exit;top bottom;north south;east west;horizontal vertical;maximum minimum;majority minority";

    private static readonly FrozenSet<(string, string)> Opposed = BuildOpposites();

    /// <summary>Whether two stems are opposites.</summary>
    public static bool AreOpposites(string one, string other) =>
        Opposed.Contains((one, other)) || Denies(one, other) || Denies(other, one);

    private static bool Denies(string longer, string shorter) => shorter.Length > 3 && longer.EndsWith(shorter, StringComparison.Ordinal)
        && longer.AsSpan(0, longer.Length - shorter.Length) is "un" or "in" or "dis" or "non" or "im" or "ir" or "mis";

    private static FrozenSet<(string, string)> BuildOpposites()
    {
        var pairs = new HashSet<(string, string)>();
        foreach (var pair in OppositePairs.Split(';'))
        {
            var words = pair.Split(' ');
            var (one, other) = (PhrasalVerbs.Stem(words[0]), PhrasalVerbs.Stem(words[1]));
            pairs.Add((one, other));
            pairs.Add((other, one));
        }

        return pairs.ToFrozenSet();
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Stems(string words) => words.Split(' ').Select(WordForms.Stem).ToFrozenSet(StringComparer.Ordinal);
}
