using System.Text;

namespace Memory.Benchmarks;

/// <summary>
/// Statements of made-up words with the statistics of real text: frequencies by Zipf and Mandelbrot, and rarer words are longer
/// (B. Mandelbrot, "An informational theory of the statistical structure of language", 1953). The same seed yields the same text.
/// </summary>
internal sealed class SyntheticText
{
    private const int Vocabulary = 20_000;
    private const double MandelbrotShift = 2.7;
    private const int Consonants = 17;

    private readonly Random _random;
    private readonly string[] _words;
    private readonly double[] _cumulative = new double[Vocabulary];

    public SyntheticText(int seed)
    {
        _random = new Random(seed);
        var words = new Random(20_261_124);
        var seen = new HashSet<string>();
        _words = new string[Vocabulary];
        var total = 0.0;
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            do
            {
                _words[rank] = Word(words, 1 + (int)Math.Log10((rank * 4) + 1));
            }
            while (!seen.Add(_words[rank]));

            _cumulative[rank] = total += 1 / (rank + 1 + MandelbrotShift);
        }
    }

    /// <summary>8 to 25 words, a capital and a full stop.</summary>
    public string Statement()
    {
        var words = string.Join(' ', Enumerable.Range(0, _random.Next(8, 26)).Select(_ => NextWord()));
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    /// <summary>A question about a statement: 3 to 6 of its words among two common ones.</summary>
    public string Question(string statement)
    {
        var words = statement.TrimEnd('.').ToLowerInvariant().Split(' ');
        _random.Shuffle(words);
        return $"{_words[0]} {_words[1]} {string.Join(' ', words.Take(_random.Next(3, 7)))}?";
    }

    private string NextWord()
    {
        var at = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
        return _words[at < 0 ? Math.Min(~at, Vocabulary - 1) : at];
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
