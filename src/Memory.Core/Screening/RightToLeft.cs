namespace Memory.Core.Screening;

/// <summary>Whether a text has letters that are written from right to left.</summary>
internal static class RightToLeft
{
    public static bool Occurs(string text)
    {
        foreach (var c in text)
        {
            if (c is (>= '\u0590' and <= '\u08FF' and not '\u061C') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC') or '\uD802' or '\uD803' or '\uD83A' or '\uD83B')
            {
                return true;
            }
        }

        return false;
    }
}
