using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Memory.Server.Http.Limits;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;

namespace Memory.Server.Http.Rest;

/// <summary>Consolidation as a job: start it, watch it, cancel it.</summary>
internal static class JobRoutes
{
    private const string Tag = "consolidation";
    private const string Cancel = "cancel job";

    public static void Map(IEndpointRouteBuilder api, RestCalls calls, ConsolidationJobs jobs, Consolidator consolidator)
    {
        api.MapPost("/consolidations", async (HttpContext context, string? @namespace) =>
        {
            var arguments = await RestArguments.ReadAsync(context.Request, [("namespace", RestArguments.Of(@namespace))]);
            return arguments.Succeeded ? await StartAsync(calls, jobs, consolidator, arguments.Value, context.RequestAborted) : RestAnswer.Problem(arguments.Problem);
        }).DescribedByTool("consolidate", Tag, "Start a consolidation, or with dry_run plan one; the answer names the job.", status: null)
            .Produces<JobItem>(StatusCodes.Status202Accepted).WithHeaders(StatusCodes.Status202Accepted, "Location");

        api.MapGet("/consolidations/{job}", (string job) =>
            OfAsync(calls, jobs, "job", job, static found => RestAnswer.Json(found.ToItem(), RestJson.Default.JobItem)))
            .Produces<JobItem>().WithTags(Tag).WithSummary("How far a job is.");

        api.MapGet("/consolidations/{job}/result", (string job) =>
            OfAsync(calls, jobs, "job result", job, static found => found.Outcome switch
            {
                { Succeeded: true, Value: { } answer } => RestAnswer.Json(answer.Data),
                { Problem: { } problem } => RestAnswer.Problem(problem),
                _ => RestAnswer.Problem(new Problem(ProblemCode.Busy, "The job is still at work.")),
            })).DescribedByTool("consolidate", Tag, "What a job did, when it has ended.");

        api.MapGet("/consolidations/{job}/events", (HttpResponse response, string job, CancellationToken cancellation) =>
            OfAsync(calls, jobs, "job events", job, found => TypedResults.ServerSentEvents(EventsAsync(response, found, cancellation))))
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").DisableRequestTimeout().WithMetadata(EventStream.Instance).WithTags(Tag).WithSummary("The progress of a job as server-sent events: progress, and at the end completed, cancelled or failed.");

        api.MapDelete("/consolidations/{job}", (string job) => OfAsync(calls, jobs, Cancel, job, static found =>
        {
            found.Cancellation.Cancel();
            return RestAnswer.Json(found.ToItem(), RestJson.Default.JobItem, StatusCodes.Status202Accepted);
        })).Produces<JobItem>(StatusCodes.Status202Accepted).WithTags(Tag).WithSummary("Cancel a job between two units of its work; what is done stays, and can be undone.");
    }

    private static async Task<IResult> StartAsync(
        RestCalls calls, ConsolidationJobs jobs, Consolidator consolidator, Dictionary<string, JsonElement> given, CancellationToken cancellationToken)
    {
        // What is wrong is said now and not by the job.
        if (SchemaValidator.Check(jobs.Schema, given) is { } invalid)
        {
            return RestAnswer.Problem(invalid);
        }

        var arguments = new ToolArguments(given);
        var asked = ConsolidateArguments.Parse(arguments);
        if (!asked.Succeeded)
        {
            return RestAnswer.Problem(asked.Problem);
        }

        var named = arguments.Text("namespace");
        var admitted = calls.Callers.Admit(Scopes.Consolidate, named);
        var started = !admitted.Succeeded ? admitted.Problem
            : await MissingAsync(consolidator, admitted.Value, asked.Value, cancellationToken) is { } missing ? missing
            : jobs.Start(admitted.Value, given);
        if (started.Problem is { } refused)
        {
            // What a job does is noted when it ends.
            await calls.NoteAsync(AuditActions.Of("consolidate", given), admitted.Succeeded ? admitted.Value : Namespace.TryParse(named, out var ns) ? ns : null, null, refused);
        }

        return started.Succeeded
            ? Results.Extensions.Located($"{RestApi.Root}/consolidations/{started.Value.Id}", RestAnswer.Json(started.Value.ToItem(), RestJson.Default.JobItem, StatusCodes.Status202Accepted))
            : RestAnswer.Problem(started.Problem);
    }

    // The plan or run that a job would not find.
    private static async Task<Problem?> MissingAsync(Consolidator consolidator, Namespace ns, ConsolidateArguments asked, CancellationToken cancellationToken) =>
        asked.Plan is { } plan ? await consolidator.RefusePlanAsync(ns, plan, cancellationToken)
        : asked.Undo is { } run ? (await consolidator.FindRunAsync(ns, run, cancellationToken)).Problem
        : null;

    // A job of a namespace that the caller may not see does not exist for it.
    private static async Task<IResult> OfAsync(RestCalls calls, ConsolidationJobs jobs, string action, string id, Func<ConsolidationJob, IResult> answer)
    {
        var job = jobs.Find(id);
        var problem = calls.Callers.Caller.RefuseScope(Scopes.Read)
            ?? (job is not null && calls.Callers.Admit(Scopes.Consolidate, job.Namespace.Value).Succeeded
                ? null
                : new Problem(ProblemCode.NotFound, "There is no such job. The runs tell what earlier ones did."));
        await calls.NoteAsync(action, job?.Namespace, job?.Id, problem, atOnce: action == Cancel);
        return problem is null ? answer(job!) : RestAnswer.Problem(problem);
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(HttpResponse response, ConsolidationJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first event may be long in coming: who listens is told at once that it listens.
        await response.Body.FlushAsync(cancellationToken);
        ProgressNotificationValue? told = null;
        while (true)
        {
            // Asked for before looking, so that no change falls between; the outcome before the progress, which then is the last.
            var changed = job.WhenChanged();
            var outcome = job.Outcome;
            if (job.Progress is { } progress && progress != told)
            {
                told = progress;
                yield return new SseItem<string>(JsonSerializer.Serialize(new ProgressItem(progress.Progress, progress.Total, progress.Message), RestJson.Default.ProgressItem), "progress");
            }

            if (outcome is { } ended)
            {
                yield return new SseItem<string>(
                    ended.Succeeded ? ended.Value.Data.GetRawText() : JsonSerializer.Serialize(RestAnswer.Item(ended.Problem), RestJson.Default.ProblemItem),
                    job.State);
                yield break;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
