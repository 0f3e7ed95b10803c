using Memory.Core.Memories;
using Memory.Core.Screening;

namespace Memory.Core.Transfer;

/// <summary>Counts what becomes of an import. One thread reads, another writes; both may reject.</summary>
internal sealed class ImportTally(ImportFormat format, Action<Rejection>? rejected)
{
    private const int MaxKept = 1_000;
    private readonly List<Rejection> _rejections = [];
    private readonly List<Rejection> _leftOut = [];
    private int _rejected;

    public int Read { get; set; }

    public int Imported { get; set; }

    public int Updated { get; set; }

    public int Present { get; set; }

    public int Screened { get; set; }

    /// <summary>The memories that this import made or gave evidence.</summary>
    public HashSet<MemoryId> Touched { get; } = [];

    public void Reject(string place, string reason)
    {
        lock (_rejections)
        {
            var rejection = new Rejection(VisibleText.Of(place), reason);
            _rejected++;
            if (_rejections.Count < MaxKept)
            {
                _rejections.Add(rejection);
            }

            rejected?.Invoke(rejection);
        }
    }

    /// <summary>Notes what is left out of an entry or file that is taken otherwise: a field without a meaning here, a tag too many.</summary>
    public void LeaveOut(string place, string reason)
    {
        lock (_rejections)
        {
            _leftOut.Add(new Rejection(VisibleText.Of(place), reason));
        }
    }

    /// <summary>Counts what was found and is not read.</summary>
    public void PassOver(IReadOnlyList<Rejection> found)
    {
        Read += found.Count;
        foreach (var (place, reason) in found)
        {
            Reject(place, reason);
        }
    }

    public ImportReport Report() => new(format, Read, Imported, Updated, Present, Screened, _rejected, _rejections, _leftOut);
}
