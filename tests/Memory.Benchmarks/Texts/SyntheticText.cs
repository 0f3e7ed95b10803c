using System.Text;

namespace Memory.Benchmarks.Texts;

/// <summary>
/// Statements with the statistics of English text: frequencies by Zipf and Mandelbrot, the commonest words are those of grammar, the
/// others are made up, the rarer the longer
/// (B. Mandelbrot, "An informational theory of the statistical structure of language", 1953). The same seed yields the same text.
/// </summary>
internal sealed class SyntheticText : ITextSource
{
    private const int Vocabulary = 20_000;
    private const double MandelbrotShift = 2.7;
    private const int Consonants = 17;

    /// <summary>The commonest words of written English, commonest first.</summary>
    private static readonly string[] Grammar =
    [
        .. ("the of and to in a is that for it was as with he be on i by at you are his had not this have from but or which she they an her were there we "
            + "been their has will one all would can if who more when said do what about its so up into them some could him time two other then no only out my than").Split(' '),
    ];

    private readonly int _seed;
    private readonly string[] _words;
    private readonly double[] _cumulative = new double[Vocabulary];

    public SyntheticText(int seed)
    {
        _seed = seed;
        _words = [.. Grammar, .. MadeUpWords(Vocabulary - Grammar.Length)];
        var total = 0.0;
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            _cumulative[rank] = total += 1 / (rank + 1 + MandelbrotShift);
        }
    }

    /// <summary>8 to 25 words, a capital and a full stop.</summary>
    public string Statement(int number)
    {
        var words = string.Join(' ', Words(TextChance.Of(_seed, number)));
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    /// <summary>4 to 8 of the statement's words in any order.</summary>
    public string Question(int number)
    {
        var random = TextChance.Of(_seed, number);
        var words = Words(random);
        random.Shuffle(words);
        return $"What {string.Join(' ', words.Take(random.Next(4, 9)))}?";
    }

    private string[] Words(Random random)
    {
        var words = new string[random.Next(8, 26)];
        for (var i = 0; i < words.Length; i++)
        {
            var at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
            words[i] = _words[at < 0 ? Math.Min(~at, Vocabulary - 1) : at];
        }

        return words;
    }

    private static IEnumerable<string> MadeUpWords(int count)
    {
        var random = new Random(20_261_124);
        var seen = new HashSet<string>(Grammar);
        while (seen.Count < Grammar.Length + count)
        {
            var word = Word(random, 1 + (int)Math.Log10((seen.Count * 4) + 1));
            if (seen.Add(word))
            {
                yield return word;
            }
        }
    }

    private static string Word(Random random, int syllables)
    {
        var word = new StringBuilder();
        for (var i = 0; i < syllables; i++)
        {
            word.Append("bcdfghklmnprstvwz"[random.Next(Consonants)]).Append("aeiou"[random.Next(5)]);
        }

        // Half the words end on a consonant, or there are too few short ones.
        return random.Next(2) == 0 ? word.ToString() : word.Append("bcdfghklmnprstvwz"[random.Next(Consonants)]).ToString();
    }
}
