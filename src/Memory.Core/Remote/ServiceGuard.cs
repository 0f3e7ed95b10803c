using System.Diagnostics.CodeAnalysis;
using Memory.Core.Memories;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Memory.Core.Remote;

/// <summary>
/// Stands between a caller and a service that fails: a limit of time for all and for each attempt, repetition with growing pauses,
/// and a circuit that opens when repetition does not help, so that nobody waits for a service that is down.
/// </summary>
/// <typeparam name="T">What the service answers; Polly wants its members kept when unused code is trimmed.</typeparam>
internal sealed class ServiceGuard<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>
{
    private readonly ServiceLimits _limits;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<T> _pipeline;
    private volatile ServiceOutage? _outage;

    public ServiceGuard(ServiceLimits limits, string name, TimeProvider time, Func<double> randomness)
    {
        _limits = limits;
        _name = name;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddTimeout(limits.TotalTimeout)
            .AddRetry(new RetryStrategyOptions<T>
            {
                ShouldHandle = args => ValueTask.FromResult(IsWorthRepeating(args.Outcome.Exception)),
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = limits.RetryDelay,
                UseJitter = true,
                Randomizer = randomness,
                DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Exception as RemoteFailureException)?.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<T>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException or RemoteFailureException { BlamesTexts: false }),
                FailureRatio = 0.5,
                MinimumThroughput = limits.FailuresToBreak,
                SamplingDuration = limits.FailureWindow,
                BreakDuration = limits.BreakDuration,
                OnOpened = args => Opened(args.Outcome.Exception, args.BreakDuration),
                OnClosed = _ => Closed(),
            })
            .AddTimeout(limits.Timeout)
            .Build();
    }

    /// <summary>Why and until when the next call is not tried; <see langword="null"/> when it is.</summary>
    public ServiceOutage? Outage => _outage is { } outage && outage.Until > _time.GetUtcNow() ? outage : null;

    /// <summary>Runs a request under guard.</summary>
    /// <returns>Its answer, or why there is none.</returns>
    public async Task<Memories.Outcome<T>> RunAsync(Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        if (Outage is { } now)
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
            if (failure.RetryAfter is { } wait && wait > _limits.Timeout)
            {
                _outage = new ServiceOutage(failure.Message, _time.GetUtcNow() + wait);
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
            return LeftAlone(Outage);
        }
    }

    private Problem LeftAlone(ServiceOutage? now) => new(
        ProblemCode.ModelUnavailable,
        now is { } outage ? $"{outage.Reason} It is tried again at {outage.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC." : $"{_name} is being tried again after failures.");

    private string TooSlow() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{_name} gave no answer within {_limits.Timeout.TotalSeconds} seconds an attempt, {_limits.TotalTimeout.TotalSeconds} in all.");

    // Not once the circuit is open: nobody would be called after the pause.
    private bool IsWorthRepeating(Exception? error) => Outage is null && IsPassing(error);

    private bool IsPassing(Exception? error) =>
        error is TimeoutRejectedException || (error is RemoteFailureException { MayPass: true } failure && !(failure.RetryAfter > _limits.Timeout));

    private ValueTask Opened(Exception? error, TimeSpan duration)
    {
        _outage = new ServiceOutage(error is RemoteFailureException failure ? failure.Message : TooSlow(), _time.GetUtcNow() + duration);
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed()
    {
        _outage = null;
        return ValueTask.CompletedTask;
    }
}

/// <summary>A service that is left alone for a while.</summary>
/// <param name="Reason">Why, a sentence for the user.</param>
/// <param name="Until">When it is tried again, UTC.</param>
internal sealed record ServiceOutage(string Reason, DateTimeOffset Until);
