namespace Memory.Core.Screening;

/// <summary>What becomes of a credential in a text that shall be stored.</summary>
public enum SecretPolicy
{
    /// <summary>It is replaced by a mark that says what stood there, and the answer says so. The default.</summary>
    Redact,

    /// <summary>Nothing is stored.</summary>
    Refuse,

    /// <summary>It is stored as it is.</summary>
    Allow,
}
