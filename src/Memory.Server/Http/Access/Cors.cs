using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Access;

/// <summary>Lets pages of the origins that the operator named read the answers.</summary>
internal static class Cors
{
    public static void Add(IServiceCollection services, HttpSettings settings)
    {
        if (settings.Origins.Count > 0)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. settings.Origins]).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("ETag", "Location", "Retry-After", "WWW-Authenticate")));
        }
    }
}
