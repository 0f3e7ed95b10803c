namespace Memory.Core.Consolidation.Stages;

/// <summary>One step of the pipeline. It has no state of its own: what it finds goes into the context.</summary>
internal interface IConsolidationStage
{
    /// <summary>The word for it in reports and progress.</summary>
    string Name { get; }

    /// <summary>Does the step.</summary>
    /// <param name="context">What the stages of the run share.</param>
    /// <param name="cancellationToken">Ends the step between two units of work.</param>
    Task RunAsync(RunContext context, CancellationToken cancellationToken);
}
