namespace Memory.Server.Tools;

/// <summary>Numbers with as many digits as mean something to a reader: four after the point.</summary>
internal static class Rounded
{
    public static double Of(double value) => Math.Round(value, 4);
}
