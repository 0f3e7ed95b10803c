namespace Memory.Core.Consolidation.Pairs;

/// <summary>Where each of some distinct words stands. Most statements have a dozen, which are looked through faster than hashed.</summary>
internal sealed class StemIndex
{
    private const int LookedThrough = 16;

    private readonly string[] _stems;
    private readonly Dictionary<string, int>? _places;

    public StemIndex(IEnumerable<string> stems)
    {
        _stems = [.. stems];
        if (_stems.Length > LookedThrough)
        {
            _places = new Dictionary<string, int>(_stems.Length, StringComparer.Ordinal);
            for (var i = 0; i < _stems.Length; i++)
            {
                _places.TryAdd(_stems[i], i);
            }
        }
    }

    public IReadOnlyList<string> Stems => _stems;

    public int Find(string stem) => _places is null ? Array.IndexOf(_stems, stem) : _places.GetValueOrDefault(stem, -1);

    public bool Contains(string stem) => Find(stem) >= 0;
}
