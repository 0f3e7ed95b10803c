namespace Memory.Core.Entities;

/// <summary>A named thing that a memory speaks of.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As it is written, without quotes and without a possessive ending; 1 to <see cref="EntityExtractor.MaxLength"/> UTF-16 characters.</param>
/// <param name="Key">What two spellings of one thing share: folded Unicode form, letter case, white space and final punctuation, without possessive and '()'.</param>
public readonly record struct Entity(EntityKind Kind, string Name, string Key);
