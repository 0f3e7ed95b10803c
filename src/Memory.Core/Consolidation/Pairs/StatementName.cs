namespace Memory.Core.Consolidation.Pairs;

/// <summary>A name that a statement speaks of.</summary>
/// <param name="Key">In lower case, as the entity extractor folds it.</param>
/// <param name="Stems">Its words as the words of statements are stemmed.</param>
/// <param name="IsSure">Whether it is surely a name: one word with a capital at the start of a sentence may be any noun.</param>
internal sealed record StatementName(string Key, IReadOnlyList<string> Stems, bool IsSure);
