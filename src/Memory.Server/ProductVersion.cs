namespace Memory.Server;

/// <summary>The version of the program, as it was built.</summary>
internal static class ProductVersion
{
    public static readonly string Text = typeof(ProductVersion).Assembly.GetName().Version!.ToString(3);
}
