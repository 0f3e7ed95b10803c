namespace Memory.Core.Storage;

/// <summary>Something in a store that is not as it should be.</summary>
/// <param name="Check">What was looked at: <c>integrity</c>, <c>full-text index</c>, <c>vectors</c>, <c>orphans</c>, <c>lease</c> ...</param>
/// <param name="Problem">What is wrong, in words, with what can be done.</param>
/// <param name="CanRepair">Whether the store can put it right by itself, without losing anything.</param>
/// <param name="IsRepaired">Whether it did.</param>
public sealed record Finding(string Check, string Problem, bool CanRepair, bool IsRepaired = false);
