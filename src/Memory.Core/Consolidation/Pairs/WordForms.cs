using System.Collections.Frozen;
using Memory.Core.Recall.Index;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Brings spellings, abbreviations and near synonyms to one word. The groups are general English and the usual short forms of the trades;
/// a word belongs to one group only. Whoever adds a group says thereby that two statements which differ in its words say the same.
/// </summary>
internal static class WordForms
{
    private const string Groups =
        "use uses used using utilise utilize utilises utilizes employ employs rely relies;"
        + "prefer prefers preferred preference favour favor favours favors;like likes liked enjoy enjoys enjoyed love loves loved fond;dislike dislikes disliked hate hates hated;"
        + "buy buys bought purchase purchases purchased;own owns owned have has had possess possesses got;live lives lived living reside resides resided resident dwell;"
        + "big large;small little;begin begins began begun start starts started commence commences kick-off;finish finishes finished end ends ended;"
        + "fix fixes fixed repair repairs repaired;doctor physician gp dr;car automobile vehicle;kid kids child children;mom mother mum mam;dad father papa;"
        + "phone telephone smartphone mobile cellphone;holiday holidays vacation vacations;flat apartment apartments flats;film films movie movies;"
        + "job position role post;boss manager supervisor manages managed manage managing;choose chooses chose chosen pick picks picked select selects selected opt opted;"
        + "need needs needed require requires required requirement;want wants wanted wish wishes;delete deletes deleted remove removes removed erase erased;"
        + "show shows showed shown display displays displayed;allow allows allowed permit permits permitted;forbid forbids forbidden ban bans banned prohibit prohibited disallow disallowed;"
        + "change changes changed modify modifies modified alter altered;help helps helped assist assists assisted;"
        + "talk talks talked speak speaks spoke spoken;error errors failure failures;folder folders directory directories;repository repo repositories repos;"
        + "database databases db dbs;configuration config cfg configured configure configures settings setting;password passphrase passwd;email e-mail mail emails e-mails;"
        + "website site websites webpage;picture pictures photo photos image images;dinner supper;couch sofa;fridge refrigerator;garbage trash rubbish waste;"
        + "quit quits resign resigns resigned;team squad;client clients customer customers;colleague colleagues coworker coworkers co-worker teammate teammates;"
        + "engineer engineers developer developers programmer programmers dev devs;deploy deploys deployed deployment deployments rollout;"
        + "happen happens happened occur occurs occurred;locate located location situated;reach reached contact contacted;expire expires expired expiry expiration;"
        + "attend attends attended;wife spouse;airplane plane aeroplane;bicycle bike bikes bicycles cycle cycles cycling;tv television;fast quick quickly rapid;"
        + "meeting meetings meetup;weekly;daily everyday;annual annually yearly;test tests tested testing;build builds built;documentation docs doc document documents;"
        + "environment env environments;authentication auth authenticate authenticates;authorization authorisation authz;application app applications apps;"
        + "information info;development;production prod;staging stage;administrator admin admins;maximum max;minimum min;average avg mean;"
        + "postgresql postgres psql pgsql;kubernetes k8s;javascript js;typescript ts;python py;golang go-lang;c# csharp;c++ cpp;mongodb mongo;elasticsearch elastic;"
        + "node.js nodejs node;react.js reactjs react;vue.js vuejs vue;github gh;microsoft ms;amazon-web-services aws;google-cloud gcp;"
        + "vscode vs-code;dotnet .net;ui;api apis;pr prs pull-request;ci;"
        + "nyc new-york-city;usa us u.s america;uk u.k britain;la los-angeles;sf san-francisco;"
        + "monthly;weekend weekends;appointment appointments appt;apartment;department dept;street str;number nr no.;"
        + "afraid scared;allergic allergy allergies;ill sick;exercise exercises workout workouts;medication medicine medicines meds drug;"
        + "price prices cost costs costing;pay pays paid;wage salary;shop shops store's;luggage baggage;ticket tickets;flight flights;"
        + "reserve reserves reserved reservation book books booked booking bookings;birthday birthdate born;surname lastname;"
        + "wrong incorrect;correct right;difficult hard;easy simple;error-free;stay stays stayed staying;arrive arrives arrived arrival;leave leaves left depart departs departed departure;"
        + "keep keeps kept store stores stored storing save saves saved;write writes wrote written;run runs ran running execute executes executed;"
        + "lead leads led head heads headed leading;teach teaches taught;child's;study studies studied studying learn learns learned learnt learning;"
        + "make makes made making;send sends sent;think thinks thought;know knows knew known;go goes went gone going;eat eats ate eaten eating;drink drinks drank drinking;"
        + "sleep sleeps slept sleeping;drive drives drove driven driving;wear wears wore worn;sell sells sold;meet meets met;take takes took taken;give gives gave given;"
        + "colour color colours colors;favourite favorite favourites favorites;neighbour neighbor neighbours neighbors;harbour harbor;centre center;grey gray;licence license;programme program;"
        + "theatre theater;cheque check;behaviour behavior;tyre tire;aluminium aluminum;organise organize;recognise recognize;cancelled canceled cancel cancels;travelled traveled travel travels;get gets;beat beats beaten;come comes came;see sees saw seen;find finds found;lose loses losing lost;win wins winning won;tell tells told;set sets setup;put puts";

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Canonical = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The form that all forms of a word share.</summary>
    /// <param name="word">A word in lower case.</param>
    public static string Stem(string word)
    {
        if (Canonical.TryGetValue(word, out var form))
        {
            return form;
        }

        var stem = PorterStemmer.Stem(word);
        return Canonical.TryGetValue(stem, out form) ? form : stem;
    }

    /// <summary>Whether a word is one of a group of words that say the same.</summary>
    /// <param name="word">A word in lower case.</param>
    public static bool IsKnown(string word) => Canonical.ContainsKey(word);

    private static FrozenDictionary<string, string> Build()
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in Groups.Split(';'))
        {
            var words = group.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var form = PorterStemmer.Stem(words[0]);
            foreach (var word in words)
            {
                table.TryAdd(word, form);
                table.TryAdd(PorterStemmer.Stem(word), form);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
