using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Texts by number as they were kept, each found by its hash: neither strings nor a dictionary are made of them before they are asked for. Immutable.
/// </summary>
internal sealed class KeptTexts
{
    private const int Empty = -1;
    private const int LongestOnStack = 256;

    private readonly byte[] _utf8;
    private readonly int[] _ends;
    private readonly int[] _slots;
    private readonly string?[] _strings;

    private KeptTexts(int count, int bytes, int slots)
    {
        (_utf8, _ends, _slots, _strings) = (GC.AllocateUninitializedArray<byte>(bytes), GC.AllocateUninitializedArray<int>(count), GC.AllocateUninitializedArray<int>(slots), new string?[count]);
        ResidentPages.Populate<byte>(_utf8);
        ResidentPages.Populate<int>(_ends);
        ResidentPages.Populate<int>(_slots);
    }

    public static KeptTexts None { get; } = new(0, 0, 1) { _slots = { [0] = Empty } };

    public int Count => _ends.Length;

    /// <summary>A text by its number.</summary>
    public string this[int number] => _strings[number] ??= Encoding.UTF8.GetString(Bytes(number));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KeptTexts Read(PartReader part)
    {
        var texts = new KeptTexts(part.ReadCount<int>(), part.ReadCount<byte>(), part.ReadCount<int>());
        part.Read(texts._utf8.AsSpan());
        part.Read(texts._ends.AsSpan());
        part.Read(texts._slots.AsSpan());
        return texts;
    }

    /// <summary>Writes texts, which all differ, with all that finds them again.</summary>
    public static void Write(PartWriter part, IReadOnlyList<string> texts)
    {
        var (utf8, ends) = (new List<byte>(), new List<int>(texts.Count));
        var slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)(texts.Count * 2) + 1)];
        slots.AsSpan().Fill(Empty);
        for (var number = 0; number < texts.Count; number++)
        {
            var bytes = Encoding.UTF8.GetBytes(texts[number]);
            utf8.AddRange(bytes);
            ends.Add(utf8.Count);
            var slot = Hash(bytes) & (slots.Length - 1);
            while (slots[slot] != Empty)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = number;
        }

        part.Write(texts.Count);
        part.Write(utf8.Count);
        part.Write(slots.Length);
        part.Write<byte>(CollectionsMarshal.AsSpan(utf8));
        part.Write<int>(CollectionsMarshal.AsSpan(ends));
        part.Write<int>(slots);
    }

    /// <summary>The number of a text, or -1.</summary>
    [SkipLocalsInit]
    public int Find(ReadOnlySpan<char> text)
    {
        if (Count == 0)
        {
            return -1;
        }

        Span<byte> buffer = stackalloc byte[LongestOnStack];
        var utf8 = Encoding.UTF8.GetMaxByteCount(text.Length) <= LongestOnStack ? buffer[..Encoding.UTF8.GetBytes(text, buffer)] : Encoding.UTF8.GetBytes(text.ToString());
        var slot = Hash(utf8) & (_slots.Length - 1);
        while (_slots[slot] != Empty && !Bytes(_slots[slot]).SequenceEqual(utf8))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return _slots[slot];
    }

    private ReadOnlySpan<byte> Bytes(int number) => _utf8.AsSpan((number == 0 ? 0 : _ends[number - 1]).._ends[number]);

    // Not the runtime's: that differs from process to process. Whoever chooses words so that they collide makes his own namespace slow.
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 0u;
        foreach (var value in utf8)
        {
            hash = BitOperations.Crc32C(hash, value);
        }

        return (int)(hash & int.MaxValue);
    }
}
