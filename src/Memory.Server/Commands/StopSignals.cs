using System.Runtime.InteropServices;

namespace Memory.Server.Commands;

/// <summary>Hears the signals by which a person or the system asks the process to end, instead of ending at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="cancellationToken">Asks for the same.</param>
    public StopSignals(CancellationToken cancellationToken)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals = Array.ConvertAll([PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT], signal => PosixSignalRegistration.Create(signal, Stop));
    }

    /// <summary>Cancelled at the first of them.</summary>
    public CancellationToken Token => _stopping.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopping.Cancel();
    }
}
