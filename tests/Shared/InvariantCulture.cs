using System.Globalization;
using System.Runtime.CompilerServices;

namespace Memory.Tests;

internal static class InvariantCulture
{
    [ModuleInitializer]
    internal static void Set() =>
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
}
