namespace Memory.Training.Table;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, "Matrix Computations", 8.5):
/// slow, simple, and the same to the last bit wherever the same operations are done in the same order.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 30;
    private const double Negligible = 1e-22;

    /// <summary>Finds them.</summary>
    /// <param name="matrix">The matrix; is destroyed.</param>
    /// <returns>The eigenvectors as rows, that of the largest eigenvalue first, each with its largest entry positive; and the eigenvalues in that order.</returns>
    public static (double[][] Vectors, double[] Values) Solve(double[][] matrix)
    {
        var n = matrix.Length;
        var vectors = new double[n][];
        for (var i = 0; i < n; i++)
        {
            vectors[i] = new double[n];
            vectors[i][i] = 1;
        }

        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(matrix) > Negligible * Diagonal(matrix); sweep++)
        {
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        var order = Enumerable.Range(0, n).OrderByDescending(i => matrix[i][i]).ToArray();
        return ([.. order.Select(i => Oriented(vectors[i]))], [.. order.Select(i => matrix[i][i])]);
    }

    private static void Rotate(double[][] matrix, double[][] vectors, int p, int q)
    {
        var apq = matrix[p][q];
        if (apq == 0)
        {
            return;
        }

        var theta = (matrix[q][q] - matrix[p][p]) / (2 * apq);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        // Rows first, then columns: each in one stretch of memory where there is one.
        Turn(matrix[p], matrix[q], c, s);
        foreach (var row in matrix)
        {
            var (x, y) = (row[p], row[q]);
            row[p] = (c * x) - (s * y);
            row[q] = (s * x) + (c * y);
        }

        Turn(vectors[p], vectors[q], c, s);
    }

    private static void Turn(double[] p, double[] q, double c, double s)
    {
        for (var i = 0; i < p.Length; i++)
        {
            var (x, y) = (p[i], q[i]);
            p[i] = (c * x) - (s * y);
            q[i] = (s * x) + (c * y);
        }
    }

    // An eigenvector's sign is free; one is chosen.
    private static double[] Oriented(double[] vector)
    {
        var largest = vector.MaxBy(Math.Abs);
        return largest < 0 ? [.. vector.Select(static v => -v)] : vector;
    }

    private static double OffDiagonal(double[][] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = i + 1; j < matrix.Length; j++)
            {
                sum += matrix[i][j] * matrix[i][j];
            }
        }

        return sum;
    }

    private static double Diagonal(double[][] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < matrix.Length; i++)
        {
            sum += matrix[i][i] * matrix[i][i];
        }

        return sum;
    }
}
