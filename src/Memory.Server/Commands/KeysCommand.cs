using System.CommandLine;
using System.Globalization;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Configuration;
using Memory.Server.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Memory.Server.Commands;

/// <summary><c>keys</c>: makes, lists, rotates and revokes the keys with which callers reach a server over HTTP.</summary>
internal static class KeysCommand
{
    private const string CreateAction = "keys create";

    public delegate Task<int> WithSettings(ParseResult parsed, Func<ServerSettings, CancellationToken, Task<int>> run, CancellationToken cancellationToken);

    public static Command Create(WithSettings withSettings, Option<bool> json)
    {
        var expires = new Option<string?>("--expires") { Description = "When the key ends: a date or time in ISO 8601 (UTC), or days or hours from now such as 90d or 12h. Default: never." };
        var keys = new Command("keys", "Make, list, rotate and revoke the keys with which callers reach 'serve --http --auth keys'.") { Create(withSettings, expires, json), List(withSettings, json) };

        var rotated = new Argument<string>("key") { Description = "Its name or id." };
        var end = new Option<string?>("--expires") { Description = "When the new key ends, as of 'keys create'. Default: when the old one would have." };
        var rotate = new Command("rotate", "Make a new key that may do what another may, and revoke that one at once.") { rotated, end, json };
        rotate.SetAction((parsed, cancellation) => withSettings(parsed, (settings, token) => ChangeAsync(
            settings, "keys rotate", parsed.GetValue(end), async (service, until) => Described(await service.RotateAsync(parsed.GetValue(rotated)!, until, token), parsed.GetValue(json)), parsed.GetValue(json), token), cancellation));
        keys.Add(rotate);

        var revoked = new Argument<string>("key") { Description = "Its name or id." };
        var revoke = new Command("revoke", "Revoke a key; running servers refuse it from their next request on.") { revoked, json };
        revoke.SetAction((parsed, cancellation) => withSettings(parsed, (settings, token) => ChangeAsync(
            settings, "keys revoke", null, async (service, _) => Described(await service.RevokeAsync(parsed.GetValue(revoked)!, token), parsed.GetValue(json)), parsed.GetValue(json), token), cancellation));
        keys.Add(revoke);
        return keys;
    }

    private static Command Create(WithSettings withSettings, Option<string?> expires, Option<bool> json)
    {
        var name = new Option<string>("--name") { Description = "What you call it: 1 to 64 characters.", Required = true };
        var namespaces = new Option<string>("--namespaces") { Description = "The namespaces it opens, separated by commas, or * for all.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"What it may do there: {ScopeNames.Allowed}; write and consolidate bring read with them.", Required = true };
        scopes.CompletionSources.Add([.. ScopeNames.All]);
        scopes.HelpName = "scopes";
        var create = new Command("create", "Make a key. It is shown once.") { name, namespaces, scopes, expires, json };
        create.SetAction((parsed, cancellation) => withSettings(parsed, (settings, token) => ChangeAsync(settings, CreateAction, parsed.GetValue(expires), async (service, end) =>
        {
            if (!NamespaceList.TryParse(parsed.GetValue(namespaces), out var list))
            {
                return new Problem(ProblemCode.Invalid, $"--namespaces is '{parsed.GetValue(namespaces)}'; allowed is {NamespaceList.Every}, or names separated by commas, each of {Namespace.Allowed}.");
            }

            return ScopeNames.TryParse(parsed.GetValue(scopes), out var allowed)
                ? Described(await service.CreateAsync(parsed.GetValue(name)!, list, allowed, end, token), parsed.GetValue(json))
                : new Problem(ProblemCode.Invalid, $"--scopes is '{parsed.GetValue(scopes)}'; allowed is {ScopeNames.Allowed}.");
        }, parsed.GetValue(json), token), cancellation));
        return create;
    }

    private static Command List(WithSettings withSettings, Option<bool> json)
    {
        var list = new Command("list", "List every key, without its secret, which nobody has.") { json };
        list.SetAction((parsed, cancellation) => withSettings(parsed, async (settings, token) =>
        {
            using var loggers = Loggers();
            await using var composition = new ServerComposition(settings, TimeProvider.System, loggers);
            composition.Audit.BeginCommand(Environment.UserName);
            return await TellAsync(settings, makesDatabase: false, parsed.GetValue(json), async () =>
            {
                var all = await composition.Keys.ListAsync(token);
                await composition.Audit.NoteAsync("keys list", null, null, problem: null);
                await PrintAsync(all, parsed.GetValue(json), TimeProvider.System.GetUtcNow());
                return ExitCodes.Done;
            });
        }, cancellation));
        return list;
    }

    private static async Task PrintAsync(IReadOnlyList<ApiKey> keys, bool json, DateTimeOffset now)
    {
        if (json || keys.Count == 0)
        {
            await Console.Out.WriteLineAsync(json ? KeyJson.Json(keys) : "There are no keys. Make one with 'memory-server keys create'.");
            return;
        }

        Screenful.Table(
            ["id", "name", "namespaces", "scopes", "created", "expires", "state"],
            keys.Select(k => (IReadOnlyList<string>)
            [
                k.Id, k.Name, k.Namespaces.ToString(), ScopeNames.Of(k.Scopes), IsoTime.Format(k.CreatedAt), k.ExpiresAt is { } end ? IsoTime.Format(end) : "never",
                k.RevokedAt is { } at ? $"revoked {IsoTime.Format(at)}" : k.IsInForce(now) ? "in force" : "expired",
            ]));
    }

    private static async Task<int> ChangeAsync(
        ServerSettings settings, string action, string? expires, Func<ApiKeys, DateTimeOffset?, Task<Outcome<(string Id, string Text)>>> change, bool json, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var loggers = Loggers();
        await using var composition = new ServerComposition(settings, TimeProvider.System, loggers);
        composition.Audit.BeginCommand(Environment.UserName);
        return await TellAsync(settings, makesDatabase: action == CreateAction, json, async () =>
        {
            var end = End(expires, TimeProvider.System.GetUtcNow());
            var outcome = end.Succeeded ? await change(composition.Keys, end.Value) : end.Problem;
            await composition.Audit.NoteAsync(action, null, outcome.Succeeded ? outcome.Value.Id : null, outcome.Problem, atOnce: true);
            if (outcome.Succeeded)
            {
                await Console.Out.WriteLineAsync(outcome.Value.Text);
                return ExitCodes.Done;
            }

            return Failure.Tell(outcome.Problem, json);
        });
    }

    private static ILoggerFactory Loggers() => LoggerFactory.Create(static logging => logging.AddSimpleConsole(static o => o.SingleLine = true)
        .SetMinimumLevel(LogLevel.Warning).Services.Configure<ConsoleLoggerOptions>(static o => o.LogToStandardErrorThreshold = LogLevel.Trace));

    private static async Task<int> TellAsync(ServerSettings settings, bool makesDatabase, bool json, Func<Task<int>> work)
    {
        if (!makesDatabase && ServerComposition.Absence(settings) is { } absence)
        {
            return Failure.Tell(absence, json);
        }

        try
        {
            return await work();
        }
        catch (MemoryStoreException error)
        {
            return Failure.Tell(error.Problem, json);
        }
    }

    private static Outcome<(string Id, string Text)> Described(Outcome<IssuedKey> issued, bool json) => !issued.Succeeded ? issued.Problem
        : (issued.Value.Key.Id, json ? KeyJson.Json(issued.Value) : $"{issued.Value.Text}\nThis is shown once. Name {issued.Value.Key.Name}, id {issued.Value.Key.Id}, namespaces {issued.Value.Key.Namespaces}, "
            + $"scopes {ScopeNames.Of(issued.Value.Key.Scopes)}, {(issued.Value.Key.ExpiresAt is { } end ? $"ends {IsoTime.Format(end)}" : "never ends")}.");

    private static Outcome<(string Id, string Text)> Described(Outcome<ApiKey> revoked, bool json) => !revoked.Succeeded ? revoked.Problem
        : (revoked.Value.Id, json ? KeyJson.Json(revoked.Value) : $"Revoked {revoked.Value.Name} ({revoked.Value.Id}).");

    private static Outcome<DateTimeOffset?> End(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return (DateTimeOffset?)null;
        }

        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 100_000 && text[^1] is 'd' or 'h')
        {
            return now + (text[^1] == 'd' ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count));
        }

        return IsoTime.TryParse(text, out var time, out _)
            ? time
            : new Problem(ProblemCode.Invalid, $"--expires is '{text}'; {IsoTime.Allowed}, or days or hours such as 90d or 12h, are allowed.");
    }
}
