using System.Security.Cryptography;
using System.Text;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Where the processes that write to one file wait for each other, asleep until it is their turn: SQLite itself can only be asked again and
/// again. A courtesy among processes of one user and no protection, which SQLite's own lock is; where the system has no such thing, or
/// refuses it, each goes on asking. It is used from the first time on that this process found another one writing: most never do.
/// </summary>
internal sealed class WaitingLine(string path) : IDisposable
{
    private Mutex? _turn;
    private bool _isRefused;
    private bool _isMine;

    /// <summary>Whether this process waits here before it asks SQLite.</summary>
    public bool IsUsed => _turn is not null;

    /// <summary>Begins to use it.</summary>
    /// <returns>Whether there is such a thing.</returns>
    public bool Open()
    {
        if (_turn is null && !_isRefused)
        {
            try
            {
                var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
                _turn = new Mutex(false, $"memory-server-{name}", new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException or NotSupportedException)
            {
                _isRefused = true;
            }
        }

        return _turn is not null;
    }

    /// <summary>Waits for this process's turn. The thread that gets it must <see cref="Leave"/>.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool TryEnter(TimeSpan patience)
    {
        try
        {
            return _isMine = _isMine || _turn!.WaitOne(patience);
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it was killed; what he wrote SQLite has undone.
            return _isMine = true;
        }
    }

    /// <summary>Lets the next one in, if it was this process's turn.</summary>
    public void Leave()
    {
        if (_isMine)
        {
            _isMine = false;
            _turn!.ReleaseMutex();
        }
    }

    public void Dispose() => _turn?.Dispose();
}
