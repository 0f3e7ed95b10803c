using System.Runtime.InteropServices;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Asks the system for the memory of a large array at once, and in huge pages where it has them. Else it gives each page of 4,096 bytes when that is first
/// written to, and on a virtual machine such an interruption may cost more than to fill the page.
/// </summary>
internal static partial class ResidentPages
{
    private const int HugePage = 14;

    // Since Linux 5.14; an older one refuses, and nothing is lost.
    private const int PopulateWrite = 23;
    private const int Smallest = 1 << 17;
    private const nuint HugePageBytes = 1 << 21;

    /// <summary>Makes what a span covers resident, as far as this system knows how to.</summary>
    /// <param name="span">What will be filled soon.</param>
    public static unsafe void Populate<T>(Span<T> span)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(span);
        if (bytes.Length < Smallest || !OperatingSystem.IsLinux())
        {
            return;
        }

        fixed (byte* first = bytes)
        {
            // Whatever else lies in the first and the last one becomes resident too: of a small array that would be as much again.
            if ((nuint)bytes.Length >= 2 * HugePageBytes)
            {
                Advise((nuint)first, (nuint)bytes.Length, HugePageBytes, HugePage);
            }

            Advise((nuint)first, (nuint)bytes.Length, (nuint)Environment.SystemPageSize, PopulateWrite);
        }
    }

    private static void Advise(nuint first, nuint length, nuint unit, int advice)
    {
        var begin = first / unit * unit;
        _ = Advise(begin, ((first + length + unit - 1) / unit * unit) - begin, advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
