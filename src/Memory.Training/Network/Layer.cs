namespace Memory.Training.Network;

/// <summary>One layer of the network: what it learns.</summary>
internal sealed record Layer(Dense QueryKeyValue, Dense AttentionOutput, Norm AfterAttention, Dense Expand, Dense Contract, Norm AfterFeedForward);
