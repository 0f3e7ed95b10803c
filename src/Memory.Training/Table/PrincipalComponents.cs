namespace Memory.Training.Table;

/// <summary>What vectors have in common, and the directions in which they differ most.</summary>
internal static class PrincipalComponents
{
    /// <summary>
    /// Centres vectors and drops the one direction that most of them share, which tells frequent from rare words and not meanings
    /// (Mu and Viswanath 2018, "All-but-the-top"). Afterwards their mean length is 1. In place.
    /// </summary>
    public static void RemoveCommon(double[][] vectors)
    {
        Center(vectors);
        var shared = SymmetricEigen.Solve(Covariance(vectors)).Vectors[0];
        foreach (var vector in vectors)
        {
            var share = Dot(shared, vector);
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] -= share * shared[i];
            }
        }

        Scale(vectors);
    }

    /// <summary>Turns centred vectors so that the first dimensions hold most, and keeps those. Afterwards their mean length is 1.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="keep">How many dimensions to keep.</param>
    public static float[][] Reduce(double[][] vectors, int keep)
    {
        var axes = SymmetricEigen.Solve(Covariance(vectors)).Vectors[..keep];
        var reduced = new double[vectors.Length][];
        Parallel.For(0, vectors.Length, i => reduced[i] = [.. axes.Select(axis => Dot(axis, vectors[i]))]);
        Scale(reduced);
        return [.. reduced.Select(static vector => Array.ConvertAll(vector, static v => (float)v))];
    }

    private static void Scale(double[][] vectors)
    {
        var length = 0.0;
        foreach (var vector in vectors)
        {
            length += Math.Sqrt(Dot(vector, vector));
        }

        var factor = vectors.Length / length;
        foreach (var vector in vectors)
        {
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] *= factor;
            }
        }
    }

    private static void Center(double[][] vectors)
    {
        var mean = new double[vectors[0].Length];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += vector[i] / vectors.Length;
            }
        }

        foreach (var vector in vectors)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                vector[i] -= mean[i];
            }
        }
    }

    private static double[][] Covariance(double[][] vectors)
    {
        var n = vectors[0].Length;
        var covariance = new double[n][];
        // Each row is summed by one thread in the order of the vectors, however many threads there are.
        Parallel.For(0, n, i =>
        {
            var row = new double[n];
            foreach (var vector in vectors)
            {
                var x = vector[i];
                for (var j = 0; j < n; j++)
                {
                    row[j] += x * vector[j];
                }
            }

            covariance[i] = row;
        });
        return covariance;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
