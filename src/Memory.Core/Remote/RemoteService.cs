using System.Net;
using System.Net.Http.Headers;

namespace Memory.Core.Remote;

/// <summary>Posts JSON to a service and takes its answer, with suspicion. Knows nothing of repetition.</summary>
internal sealed class RemoteService : IDisposable
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly ServiceAddress _address;
    private readonly int _maxAnswerBytes;
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeProvider _time;

    /// <param name="address">Whom to ask.</param>
    /// <param name="maxAnswerBytes">The largest answer that is taken.</param>
    /// <param name="handler">What carries requests, not disposed of; <see langword="null"/> for the usual.</param>
    /// <param name="time">The clock against which a date of return is read.</param>
    public RemoteService(ServiceAddress address, int maxAnswerBytes, HttpMessageHandler? handler, TimeProvider time)
    {
        _address = address;
        _maxAnswerBytes = maxAnswerBytes;
        _authorization = string.IsNullOrEmpty(address.Key) ? null : new AuthenticationHeaderValue("Bearer", address.Key);
        _time = time;
        // No redirection: memories go where the owner said, nowhere else. The connection is renewed so that a changed address is noticed.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = maxAnswerBytes,
        };
    }

    /// <summary>Asks.</summary>
    /// <param name="json">The question, UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="RemoteFailureException">There is none.</exception>
    public async ValueTask<byte[]> PostAsync(byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address.Address);
            request.Headers.Authorization = _authorization;
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
                : throw Refused(response);
        }
        catch (HttpRequestException error)
        {
            var tooLong = error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;
            throw new RemoteFailureException(tooLong ? $"{_address.Name} answered with more than {_maxAnswerBytes >> 20} MB." : $"{_address.Name} cannot be reached: {error.HttpRequestError}.") { MayPass = !tooLong };
        }
        catch (IOException)
        {
            throw new RemoteFailureException($"{_address.Name} closed the connection before the end of its answer.") { MayPass = true };
        }
    }

    public void Dispose() => _http.Dispose();

    // Bodies of errors are not shown: some echo the text or a part of the key.
    private RemoteFailureException Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var what = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => _address.KeyVariable is { } variable ? $"the key in {variable} is missing or not accepted" : "it wants a key",
            HttpStatusCode.NotFound => "it knows no such address or model",
            HttpStatusCode.TooManyRequests => "too many requests",
            >= HttpStatusCode.InternalServerError => "it failed",
            >= HttpStatusCode.BadRequest => "it refused the request",
            _ => "it sends elsewhere, which is not followed",
        };
        return new RemoteFailureException($"{_address.Name} answered {status}: {what}.")
        {
            MayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
            BlamesTexts = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait is not { } time ? null : time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestRetryAfter ? LongestRetryAfter : time;
    }
}
