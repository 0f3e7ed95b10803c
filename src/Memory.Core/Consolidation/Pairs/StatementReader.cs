using Memory.Core.Embeddings;
using Memory.Core.Entities;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Makes what a memory is compared by. Thread-safe.</summary>
/// <param name="embedder">The table of words: how rare a word is, and the vector of the text. Without it all words weigh alike.</param>
internal sealed class StatementReader(StaticEmbedder? embedder)
{
    private const int MaxNames = 2048;
    private const int MaxGramText = 2048;
    private const int NegationReach = 4;
    private static readonly string Allergy = WordForms.Stem("allergic");
    private const int ConditionReach = 2;
    private const float LeastWeight = 0.1f;
    private const float CommonWeight = 0.5f;

    /// <summary>Reads a memory.</summary>
    public PairStatement Read(MemoryRecord memory) => Read(memory.Content, memory.Kind, memory.CreatedAt, memory.OccurredAt);

    /// <summary>Reads a text.</summary>
    /// <param name="content">The text.</param>
    /// <param name="kind">The kind of the memory.</param>
    /// <param name="saidAt">When it was said.</param>
    /// <param name="occurredAt">When it happened, if that was said.</param>
    public PairStatement Read(string content, MemoryKind kind, DateTimeOffset saidAt, DateTimeOffset? occurredAt)
    {
        var frame = ReportFrames.Length(content);
        var words = StatementScanner.Read(content, frame);
        var compared = words.Count > PairStatement.MaxTokens ? words.GetRange(0, PairStatement.MaxTokens) : words;
        var values = Values(words);
        var terms = Terms(compared);
        return new PairStatement
        {
            Content = content,
            Kind = kind,
            SaidAt = saidAt,
            OccurredAt = occurredAt,
            FoldedHash = Folding.Hash(Folding.Statement(content)),
            Writing = Writing.Of(content),
            Tokens = compared,
            Terms = terms,
            TermIndex = new StemIndex(terms.Select(static t => t.Stem)),
            Trigrams = TrigramsOf(content),
            Values = values,
            ValueIndex = new StemIndex(values.Select(static f => f.Value)),
            Names = Names(content, words),
            Denied = Denied(words),
            Change = ChangeReader.Read(compared),
            IsHedged = compared.Exists(static t => t.Kind == TokenKind.Hedge) || ReportFrames.AreHedges(content.AsSpan(0, frame)),
            IsForeign = ForeignText.Is(content, words),
            IsCut = words.Count > compared.Count,
            Vector = embedder?.VectorOf(content) ?? new StoredVector(0, ReadOnlyMemory<sbyte>.Empty),
            AllStems = new StemIndex(words.Select(static t => t.Stem).Distinct(StringComparer.Ordinal)),
        };
    }

    private List<ContentTerm> Terms(List<StatementToken> words)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var terms = new List<ContentTerm>(words.Count);
        var condition = 0;
        foreach (var word in words)
        {
            condition = word.StartsSentence ? 0 : WordLists.Conditions.Contains(word.Text) ? ConditionReach : condition;
            if (word.IsContent)
            {
                if (seen.Add(word.Stem))
                {
                    terms.Add(new ContentTerm(word, Weight(word), condition > 0));
                }

                condition--;
            }
        }

        return terms;
    }

    private float Weight(StatementToken word)
    {
        if (word.Kind != TokenKind.Word)
        {
            return 1;
        }

        return embedder is null ? EntityWords.IsCommon(word.Text) ? CommonWeight : 1 : Math.Max(LeastWeight, embedder.Rarity(word.Text));
    }

    private static List<Fact> Values(List<StatementToken> words)
    {
        var values = new List<Fact>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (word.IsValue && seen.Add(word.Stem))
            {
                values.Add(new Fact(word.Kind switch { TokenKind.Date => FactKind.Date, TokenKind.Version => FactKind.Version, _ => FactKind.Number }, word.Stem));
            }
        }

        return values;
    }

    private static List<StatementName> Names(string content, List<StatementToken> words)
    {
        var collector = new EntityCollector(MaxNames);
        new EntityScanner(content, collector).Scan();
        if (collector.Entities.Count == 0)
        {
            return [];
        }

        var sure = words.Where(static w => w.IsCapital && !w.StartsSentence).Select(static w => w.Stem).ToHashSet(StringComparer.Ordinal);
        var names = new List<StatementName>();
        foreach (var entity in collector.Entities)
        {
            var stems = StatementScanner.Read(entity.Key).Where(static w => w.Kind is TokenKind.Word or TokenKind.Identifier && Units.Unit(w.Text) is null).Select(static w => w.Stem).ToArray();
            if (stems.Length > 0)
            {
                names.Add(new StatementName(entity.Key, stems, entity.Kind != EntityKind.Name || stems.Length > 1 || sure.Contains(stems[0])));
            }
        }

        return names;
    }

    private static List<string> Denied(List<StatementToken> words)
    {
        var denied = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Kind != TokenKind.Negation || IsLimit(words, i) || IsOfAllergy(words, i))
            {
                continue;
            }

            var next = "";
            for (var j = i + 1; j < words.Count && j <= i + NegationReach && next.Length == 0; j++)
            {
                next = words[j].IsContent && words[j].Text is not ("longer" or "more") ? words[j].Stem : "";
            }

            denied.Add(next);
        }

        return denied;
    }

    // 'Is allergic and has to avoid nuts' says of nuts what 'is allergic to nuts' says.
    private static bool IsOfAllergy(List<StatementToken> words, int at) => words[at].Text is "avoid" or "avoids" && words.Exists(static w => w.Stem == Allergy);

    // 'No more than 500' and 'must not exceed 500' are limits and deny nothing.
    private static bool IsLimit(List<StatementToken> words, int at) => at + 1 < words.Count
        && (words[at + 1].Text is "exceed" || (words[at + 1].Text is "more" or "less" or "later" or "earlier" or "fewer" && at + 2 < words.Count && words[at + 2].Text == "than"));

    private static uint[] TrigramsOf(string content)
    {
        var text = content.Length > MaxGramText ? content.AsSpan(0, MaxGramText) : content;
        var grams = new uint[text.Length + 2];
        uint one = ' ', two = ' ';
        var count = 0;
        foreach (var c in text)
        {
            uint letter = char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ';
            if (letter == ' ' && two == ' ')
            {
                continue;
            }

            grams[count++] = (((one * 31337) + two) * 31337) + letter;
            (one, two) = (two, letter);
        }

        Array.Sort(grams, 0, count);
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || grams[i] != grams[i - 1])
            {
                grams[distinct++] = grams[i];
            }
        }

        return grams[..distinct];
    }
}
