namespace Memory.Training.Table;

/// <summary>Centres vectors, drops the directions that most of them share, and keeps the next that hold most.</summary>
internal static class PrincipalComponents
{
    /// <summary>Reduces vectors; afterwards their mean length is 1.</summary>
    /// <param name="vectors">The vectors; are centred in place.</param>
    /// <param name="skip">How many leading components to drop: they tell frequent from rare words, not meanings (Mu and Viswanath 2018, "All-but-the-top").</param>
    /// <param name="keep">How many to keep.</param>
    public static float[][] Reduce(double[][] vectors, int skip, int keep)
    {
        Center(vectors);
        var (components, _) = SymmetricEigen.Solve(Covariance(vectors));
        var axes = components[skip..(skip + keep)];
        var reduced = new float[vectors.Length][];
        Parallel.For(0, vectors.Length, i => reduced[i] = [.. axes.Select(axis => (float)Dot(axis, vectors[i]))]);

        var length = 0.0;
        foreach (var vector in reduced)
        {
            length += Math.Sqrt(vector.Sum(static v => (double)v * v));
        }

        var factor = (float)(reduced.Length / length);
        foreach (var vector in reduced)
        {
            for (var i = 0; i < keep; i++)
            {
                vector[i] *= factor;
            }
        }

        return reduced;
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
