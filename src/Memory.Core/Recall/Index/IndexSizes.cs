namespace Memory.Core.Recall.Index;

/// <summary>How much room a kept index needs.</summary>
/// <param name="Entries">How many memories it holds.</param>
/// <param name="Words">How many words these have together.</param>
/// <param name="Terms">How many lists of occurrences there are.</param>
/// <param name="Occurrences">How long these are together.</param>
internal readonly record struct IndexSizes(int Entries, int Words, int Terms, int Occurrences);
