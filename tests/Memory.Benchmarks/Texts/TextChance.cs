namespace Memory.Benchmarks.Texts;

/// <summary>Chance that depends on a seed and a number only.</summary>
internal static class TextChance
{
    /// <summary>The source of chance of one text. Neighbouring numbers are mixed first: the seeds of <see cref="Random"/> are alike otherwise.</summary>
    public static Random Of(int seed, int number)
    {
        // The finaliser of SplitMix64: G. Steele et al., "Fast splittable pseudorandom number generators", 2014.
        var mixed = ((ulong)(uint)seed << 32 | (uint)number) + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(mixed ^ (mixed >> 31)));
    }

    /// <summary>One of several.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
