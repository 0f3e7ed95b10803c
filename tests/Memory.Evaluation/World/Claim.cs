namespace Memory.Evaluation.World;

/// <summary>What a question can be about: one attribute of one subject.</summary>
internal readonly record struct Topic(string Subject, string Attribute);

/// <summary>What a statement says, whatever its words: that an attribute of a subject has a value, or no longer has it.</summary>
/// <param name="Topic">Of what.</param>
/// <param name="Value">The value, by its first name.</param>
/// <param name="Denied">Whether the statement says that it is not so.</param>
internal readonly record struct Claim(Topic Topic, string Value, bool Denied = false);
