namespace Memory.Training.Pairs;

/// <summary>Fills a wording, and varies it as assistants do: a hedge, a frame of report, no full stop.</summary>
internal sealed class Wording(Random random, bool isTest)
{
    private const double HedgeShare = 0.1;
    private const double FrameShare = 0.14;
    private const double BareShare = 0.12;

    // The test split has hedges and frames of its own.
    private static readonly string[] TrainHedges = ["I think ", "Probably ", "Apparently ", "It seems that ", "Maybe "];
    private static readonly string[] TestHedges = ["I believe ", "Presumably ", "I guess ", "Perhaps "];
    private static readonly string[] TrainFrames = ["User mentioned that ", "The user said that ", "Note: ", "FYI: ", "User told me that "];
    private static readonly string[] TestFrames = ["Remember: ", "User reports that ", "The user stated that ", "Reminder: "];
    private static readonly string[] Lowered =
        ["The", "My", "Our", "A", "An", "It", "There", "In", "On", "At", "For", "With", "Use", "Run", "To", "User", "Data", "We", "Only", "Packages", "Tests", "Calls", "Code", "Documents", "Keep", "Write", "Pull", "Prefers", "Likes",
            "Every", "This", "No", "Put", "Change", "Feed", "You", "Buy", "Take", "Per", "Plans", "Decision", "Instead", "Always", "Never", "Do", "Don't", "Nobody", "Call", "Contact", "Meetings", "Schedule", "Invoices", "Sunday", "Port",
            "Leaving", "Money", "Changes", "Logging", "Release", "Floor", "By", "Next", "Row", "Bus", "When"];

    /// <summary>A wording with its slots filled; it may begin with a small letter.</summary>
    /// <param name="wording">The wording.</param>
    /// <param name="subject">Of whom or what.</param>
    /// <param name="value">The value.</param>
    /// <param name="before">The value before; the same as <paramref name="value"/> where a wording only denies.</param>
    public static string Fill(string wording, string subject, string value, string? before = null) => wording.Replace("{S}", subject, StringComparison.Ordinal)
        .Replace("{V}", value, StringComparison.Ordinal).Replace("{O}", before ?? value, StringComparison.Ordinal);

    /// <summary>A text that begins as a sentence does.</summary>
    public static string Begun(string text) => char.IsLetter(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>A statement as it might be stored.</summary>
    public string Vary(string text)
    {
        var draw = random.NextDouble();
        if (draw < HedgeShare)
        {
            return Pick(isTest ? TestHedges : TrainHedges) + Continued(text);
        }

        draw -= HedgeShare;
        if (draw < FrameShare)
        {
            return Pick(isTest ? TestFrames : TrainFrames) + Continued(text);
        }

        return Begun(draw - FrameShare < BareShare ? text.TrimEnd('.') : text);
    }

    private static string Continued(string text) =>
        Lowered.Contains(text.Split(' ')[0].TrimEnd(':')) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
