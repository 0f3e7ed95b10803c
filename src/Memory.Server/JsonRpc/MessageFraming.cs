namespace Memory.Server.JsonRpc;

/// <summary>How a transport tells where a message ends, for what is said of a wrong one.</summary>
/// <param name="Unit">What holds one message.</param>
/// <param name="Place">Where one message is allowed.</param>
/// <param name="OfItsOwn">Where each message of a batch is allowed.</param>
/// <param name="MayBeBlank">Whether nothing at all is no message, and passed over.</param>
internal sealed record MessageFraming(string Unit, string Place, string OfItsOwn, bool MayBeBlank)
{
    /// <summary>Stdio: a line.</summary>
    public static readonly MessageFraming Line = new("line", " on each line", "on a line of its own", MayBeBlank: true);

    /// <summary>HTTP: the body of a request.</summary>
    public static readonly MessageFraming Body = new("body", "", "in a request of its own", MayBeBlank: false);
}
