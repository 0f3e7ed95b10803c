namespace Memory.Core.Screening;

/// <summary>Where in a text a credential stands.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character behind the last.</param>
/// <param name="What">What it is, for people: 'GitHub token'.</param>
internal readonly record struct SecretSpan(int Start, int End, string What);
