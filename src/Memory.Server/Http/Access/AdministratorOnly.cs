namespace Memory.Server.Http.Access;

/// <summary>Marks an endpoint that concerns the whole server.</summary>
internal sealed class AdministratorOnly
{
    public static readonly AdministratorOnly Instance = new();
}
