using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Memory.Server.Http.Access;

/// <summary>
/// Whether the keys of the issuer are known. Until they were had once no token can be told from a wrong one, and nobody is to blame for it; from then on
/// they are refreshed beside the requests, and an issuer that is away for a while is not missed.
/// </summary>
internal sealed partial class TokenIssuer(IOptionsMonitor<JwtBearerOptions> options, TimeProvider time, ILogger<TokenIssuer> logger) : IDisposable
{
    /// <summary>How long one answer of the issuer may take; of its two, less than a request may.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Whoever comes meanwhile is answered without asking again: an issuer that says nothing would keep each waiting, one after another.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly JsonWebTokenHandler _reader = new();
    private volatile bool _isKnown;
    private DateTimeOffset _nextAsk;
    private DateTimeOffset _nextLine;

    /// <summary>How long a token has to wait for the keys that it is checked with, or <see langword="null"/> when it need not.</summary>
    /// <param name="token">What a caller shows; what is no token at all needs no keys.</param>
    /// <param name="cancellationToken">Ends the wait for the issuer.</param>
    public async Task<TimeSpan?> WaitAsync(string token, CancellationToken cancellationToken)
    {
        if (_isKnown || !_reader.CanReadToken(token))
        {
            return null;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (!_isKnown && time.GetUtcNow() >= _nextAsk)
            {
                await AskAsync(cancellationToken);
            }

            return _isKnown ? null : _nextAsk - time.GetUtcNow();
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var issuer = options.Get(JwtBearerDefaults.AuthenticationScheme);
        IConfigurationManager<OpenIdConnectConfiguration> keys = issuer.ConfigurationManager!;
        try
        {
            await keys.GetConfigurationAsync(cancellationToken);
            _isKnown = true;
        }
        catch (Exception error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = time.GetUtcNow();
            _nextAsk = now + Pause;
            if (now >= _nextLine)
            {
                _nextLine = now + BetweenLines;
                Unreachable(issuer.Authority!, error.GetBaseException().Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of the issuer {Issuer} could not be fetched, and no token can be checked: {Reason}")]
    private partial void Unreachable(string issuer, string reason);
}
