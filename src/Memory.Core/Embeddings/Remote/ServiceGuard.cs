using Memory.Core.Memories;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Memory.Core.Embeddings.Remote;

/// <summary>
/// Stands between a caller and a service that fails: a limit of time for all and for each attempt, repetition with growing pauses,
/// and a circuit that opens when repetition does not help, so that a recall does not wait for a service that is down.
/// </summary>
internal sealed class ServiceGuard
{
    private readonly OpenAiOptions _options;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<float[][]> _pipeline;
    private volatile Outage? _outage;

    public ServiceGuard(OpenAiOptions options, string name, TimeProvider time, Func<double> randomness)
    {
        _options = options;
        _name = name;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<float[][]> { TimeProvider = time }
            .AddTimeout(options.TotalTimeout)
            .AddRetry(new RetryStrategyOptions<float[][]>
            {
                ShouldHandle = args => ValueTask.FromResult(IsWorthRepeating(args.Outcome.Exception)),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                Randomizer = randomness,
                DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Exception as RemoteFailureException)?.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<float[][]>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException or RemoteFailureException { BlamesTexts: false }),
                FailureRatio = 0.5,
                MinimumThroughput = options.FailuresToBreak,
                SamplingDuration = options.FailureWindow,
                BreakDuration = options.BreakDuration,
                OnOpened = args => Opened(args.Outcome.Exception, args.BreakDuration),
                OnClosed = _ => Closed(),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>Whether the next call is tried.</summary>
    public EmbeddingAvailability Availability =>
        _outage is { } outage && outage.Until > _time.GetUtcNow() ? new EmbeddingAvailability(false, outage.Reason, outage.Until) : EmbeddingAvailability.Available;

    /// <summary>Runs a request under guard.</summary>
    /// <returns>Its answer, or why there is none.</returns>
    public async Task<Memories.Outcome<float[][]>> RunAsync(Func<CancellationToken, ValueTask<float[][]>> attempt, CancellationToken cancellationToken)
    {
        if (Availability is { IsAvailable: false } now)
        {
            return LeftAlone(now);
        }

        try
        {
            return await _pipeline.ExecuteAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (RemoteFailureException failure)
        {
            // Asked to come back later than anybody would wait: nobody calls until then.
            if (failure.RetryAfter is { } wait && wait > _options.Timeout)
            {
                _outage = new Outage(failure.Message, _time.GetUtcNow() + wait);
            }

            return failure.Problem;
        }
        catch (TimeoutRejectedException)
        {
            return new Problem(ProblemCode.ModelUnavailable, TooSlow());
        }
        catch (BrokenCircuitException)
        {
            // Opened by another call meanwhile, or half open, while another call tries the service.
            return LeftAlone(Availability);
        }
    }

    private Problem LeftAlone(EmbeddingAvailability now) => new(
        ProblemCode.ModelUnavailable,
        now.Until is { } until ? $"{now.Reason} It is tried again at {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC." : $"{_name} is being tried again after failures.");

    private string TooSlow() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{_name} gave no answer within {_options.Timeout.TotalSeconds} seconds an attempt, {_options.TotalTimeout.TotalSeconds} in all.");

    // Not once the circuit is open: nobody would be called after the pause.
    private bool IsWorthRepeating(Exception? error) => Availability.IsAvailable && IsPassing(error);

    private bool IsPassing(Exception? error) =>
        error is TimeoutRejectedException || (error is RemoteFailureException { MayPass: true } failure && !(failure.RetryAfter > _options.Timeout));

    private ValueTask Opened(Exception? error, TimeSpan duration)
    {
        _outage = new Outage(error is RemoteFailureException failure ? failure.Message : TooSlow(), _time.GetUtcNow() + duration);
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed()
    {
        _outage = null;
        return ValueTask.CompletedTask;
    }

    private sealed record Outage(string Reason, DateTimeOffset Until);
}
