using Memory.Core.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Watching;

/// <summary>For whoever keeps the process running: is it alive, and can it work. Neither tells anything of what it holds.</summary>
internal static class Health
{
    private const string Text = "text/plain";

    public static void Map(WebApplication app, ServerComposition composition)
    {
        app.MapGet("/health/live", static () => Results.Text("live"))
            .Produces<string>(StatusCodes.Status200OK, Text).AllowAnonymous().DisableRateLimiting().WithTags("health").WithSummary("Whether the process answers.");
        app.MapGet("/health/ready", async (CancellationToken cancellationToken) =>
        {
            try
            {
                // Whose request this is does not matter: nothing of what is read is told.
                await composition.Store.RequireReadyAsync(cancellationToken);
                return Results.Text("ready");
            }
            catch (MemoryStoreException)
            {
                return Results.Text("the store cannot be used", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).Produces<string>(StatusCodes.Status200OK, Text).Produces<string>(StatusCodes.Status503ServiceUnavailable, Text).AllowAnonymous().DisableRateLimiting().WithTags("health").WithSummary("Whether the store can be used.");
    }
}
