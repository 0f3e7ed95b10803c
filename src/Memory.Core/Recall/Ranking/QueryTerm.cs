namespace Memory.Core.Recall.Ranking;

/// <summary>One word of a query, and what it weighs.</summary>
/// <param name="Word">The word as the index has it.</param>
/// <param name="Term">The number of its stem in the vocabulary, or -1 when no memory has it.</param>
/// <param name="Weight">1, more for a name or an identifier, less for a word that only resembles what was asked.</param>
/// <param name="Rarity">Its inverse document frequency.</param>
/// <param name="ImpliedBy">The number of a word that says it too where it stands alone, as a first name does a surname; -1 for none.</param>
internal readonly record struct QueryTerm(string Word, int Term, double Weight, double Rarity, int ImpliedBy = -1);
