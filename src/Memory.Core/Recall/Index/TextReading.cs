using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Memory.Core.Recall.Index;

/// <summary>What was read in one text.</summary>
/// <param name="WordsAt">Where its words begin in the index's list of words.</param>
/// <param name="WordCount">How many of its words say something of its subject.</param>
/// <param name="Length">How many words it has, those that say nothing of the subject included.</param>
/// <param name="IsTurn">Whether somebody speaks to somebody: a word of the second person, or a question.</param>
internal readonly record struct TextWords(int WordsAt, ushort WordCount, ushort Length, bool IsTurn);

/// <summary>
/// Reads the words of texts. Of many texts it does so on a thread of its own, while who brings them fetches the next from the store. Who brings
/// them must call <see cref="Finish"/>, and may not use vocabulary and words before.
/// </summary>
internal sealed class TextReading : IDisposable
{
    private const int BatchLength = 1 << 16;
    private const int MaxWaiting = 4;

    private readonly Vocabulary _vocabulary;
    private readonly List<int> _words;
    private readonly List<TextWords> _read = [];
    private readonly BlockingCollection<Batch>? _waiting;
    private readonly Task? _reading;
    private Batch? _filling;

    /// <summary>Begins.</summary>
    /// <param name="vocabulary">Numbers the words.</param>
    /// <param name="words">Gets the words of the texts that say something of their subject, one text after the other.</param>
    /// <param name="isLong">Whether many texts come.</param>
    public TextReading(Vocabulary vocabulary, List<int> words, bool isLong)
    {
        (_vocabulary, _words) = (vocabulary, words);
        if (isLong)
        {
            _waiting = new BlockingCollection<Batch>(MaxWaiting);
            // Not of the pool: its threads may all be waiting for this index.
            _reading = Task.Factory.StartNew(ReadBatches, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Brings the next text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (_waiting is null)
        {
            _read.Add(Read(text));
            return;
        }

        if (_filling is null || !_filling.HasRoomFor(text))
        {
            Send();
            _filling = new Batch(Math.Max(BatchLength, text.Length));
        }

        _filling.Add(text);
    }

    /// <summary>What was read in each text, in their order.</summary>
    public ReadOnlySpan<TextWords> Finish()
    {
        if (_waiting is not null)
        {
            Send();
            _waiting.CompleteAdding();
            _reading!.GetAwaiter().GetResult();
        }

        return CollectionsMarshal.AsSpan(_read);
    }

    /// <summary>Frees what the waiting took; after <see cref="Finish"/>.</summary>
    public void Dispose() => _waiting?.Dispose();

    private void Send()
    {
        if (_filling is { } full)
        {
            _filling = null;
            _waiting!.Add(full);
        }
    }

    private void ReadBatches()
    {
        try
        {
            foreach (var batch in _waiting!.GetConsumingEnumerable())
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    _read.Add(Read(batch[i]));
                }

                batch.GiveBack();
            }
        }
        catch
        {
            // Who brings texts shall not wait for ever.
            _waiting!.CompleteAdding();
            throw;
        }
    }

    private TextWords Read(ReadOnlySpan<char> text)
    {
        var (at, length, isTurn) = (_words.Count, (ushort)0, text.ContainsAny('?', '\uFF1F', '\u061F'));
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(text, buffer);
        while (scanner.Next())
        {
            var word = _vocabulary.Add(scanner.Word);
            length += (ushort)(length < ushort.MaxValue ? 1 : 0);
            isTurn |= _vocabulary.IsSecondPerson(word);
            if (!_vocabulary.IsStop(word) && _words.Count - at < ushort.MaxValue)
            {
                _words.Add(word);
            }
        }

        return new TextWords(at, (ushort)(_words.Count - at), length, isTurn);
    }

    // Texts side by side, in room that is lent.
    private sealed class Batch(int length)
    {
        private readonly char[] _text = ArrayPool<char>.Shared.Rent(length);
        private readonly List<int> _ends = [];

        public int Count => _ends.Count;

        public ReadOnlySpan<char> this[int number] => _text.AsSpan((number == 0 ? 0 : _ends[number - 1]).._ends[number]);

        private int Used => _ends.Count == 0 ? 0 : _ends[^1];

        public bool HasRoomFor(ReadOnlySpan<char> text) => text.Length <= _text.Length - Used;

        public void Add(ReadOnlySpan<char> text)
        {
            text.CopyTo(_text.AsSpan(Used));
            _ends.Add(Used + text.Length);
        }

        public void GiveBack() => ArrayPool<char>.Shared.Return(_text);
    }
}
