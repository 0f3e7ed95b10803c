using Memory.Core.Memories;
using Memory.Core.Screening;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>Checks what a line says, and screens its texts: a file may come from anywhere.</summary>
internal sealed class LineCheck(Screen screen, Namespace ns)
{
    private const int MaxEvidence = 100_000;

    /// <summary>Whether a text of the line was changed by the screen.</summary>
    public bool Changed { get; private set; }

    public Outcome<MemoryRecord> Memory(MemoryLine line)
    {
        if (!MemoryId.TryParse(line.Id, out var id))
        {
            return Problem.Invalid($"id is '{Shortened(line.Id)}'; 12 characters of an id are allowed.");
        }

        var record = new MemoryRecord
        {
            Id = id, Namespace = ns, Content = line.Content, Kind = line.Kind, Tags = line.Tags ?? [], Importance = line.Importance, Source = line.Source, Session = line.Session,
            State = line.State, Confidence = line.Confidence, ConfidenceAt = Instant.Whole(line.ConfidenceAt), CreatedAt = Instant.Whole(line.CreatedAt),
            UpdatedAt = Instant.Whole(line.UpdatedAt), OccurredAt = Whole(line.OccurredAt), ValidUntil = Whole(line.ValidUntil), Sequence = 0,
        };
        if (line.Confidence is not (>= 0 and <= 1))
        {
            return Problem.Invalid(FormattableString.Invariant($"confidence is {line.Confidence}; a number from 0 to 1 is allowed."));
        }

        if (record.Tags.Contains(null!))
        {
            return Problem.Invalid("tags holds null; words are allowed.");
        }

        if (line.Recalled is { Count: < 0 })
        {
            return Problem.Invalid("recalled has a count below 0.");
        }

        if (line.State == MemoryState.Forgotten)
        {
            return record is { Content: "", Source: "", Session: null, Tags.Count: 0 } && line.Evidence is null && line.Importance is 0
                ? record
                : Problem.Invalid("A forgotten memory has nothing but its id.");
        }

        var notes = new List<string>();
        var statement = screen.Statement(
            new NewMemory { Content = line.Content, Kind = line.Kind, Tags = record.Tags, Importance = line.Importance, Source = line.Source, Session = line.Session }, notes);
        if ((statement.Problem ?? statement.Value!.Check()) is { } problem)
        {
            return problem;
        }

        Changed |= notes.Count > 0;
        return record with
        {
            Content = statement.Value!.Content, Source = statement.Value.Source, Session = statement.Value.Session,
            Tags = TagForm.Set(statement.Value.Tags),
        };
    }

    /// <summary>The ledger of a memory.</summary>
    public Outcome<IReadOnlyList<Evidence>> Evidence(IReadOnlyList<Evidence> rows)
    {
        if (rows.Count > MaxEvidence)
        {
            return Problem.Invalid($"evidence has {rows.Count} rows; up to {MaxEvidence} are allowed.");
        }

        var checkedRows = new Evidence[rows.Count];
        for (var i = 0; i < checkedRows.Length; i++)
        {
            if (rows[i] is not { Source: not null, At.Ticks: > 0 } row)
            {
                return Problem.Invalid("A row of evidence has no source or no time.");
            }

            var (source, session) = (Name("source", row.Source), row.Session is { } named ? Name("session", named) : Outcome.Of(string.Empty));
            var (note, statement) = (Text("note", row.Note), Text("statement", row.Statement));
            if ((source.Problem ?? session.Problem ?? note.Problem ?? statement.Problem) is { } problem)
            {
                return problem;
            }

            checkedRows[i] = row with
            {
                Source = source.Value!, Session = row.Session is null ? null : session.Value, At = Instant.Whole(row.At), Note = row.Note is null ? null : note.Value,
                Statement = row.Statement is null ? null : statement.Value,
            };
        }

        return checkedRows;
    }

    /// <summary>A run, whose report is read by people and by models as what a memory says is.</summary>
    public Outcome<Run> Run(RunLine line)
    {
        if (!RunId.TryParse(line.Id, out var id))
        {
            return Problem.Invalid($"id is '{Shortened(line.Id)}'; the name of a run such as 20261124-030000-k3m9x7 is allowed.");
        }

        var counts = line.Counts;
        if (counts is { Merged: < 0 } or { Superseded: < 0 } or { Contested: < 0 } or { Rescored: < 0 } or { Archived: < 0 })
        {
            return Problem.Invalid("counts has a number below 0.");
        }

        var holder = Name("holder", line.Holder);
        var outcome = line.Outcome is { } said ? RunOutcome(said) : default;
        if ((holder.Problem ?? outcome.Problem) is { } problem)
        {
            return problem;
        }

        return new Run
        {
            Id = id, Namespace = ns, Scope = line.Scope, Cause = line.Cause,
            // Nobody is at work on it here.
            State = line.State == RunState.Running ? RunState.Interrupted : line.State,
            Holder = holder.Value!, StartedAt = Instant.Whole(line.StartedAt), FinishedAt = Whole(line.FinishedAt),
            // Of the order of changes here nothing has been consolidated: the next run looks at everything once.
            SeenSequence = 0,
            Counts = new RunCounts(counts.Merged, counts.Rescored, counts.Archived) { Superseded = counts.Superseded, Contested = counts.Contested },
            Outcome = line.Outcome is null ? null : outcome.Value,
        };
    }

    private Outcome<RunOutcome> RunOutcome(RunOutcome outcome)
    {
        if (outcome.Examined < 0 || outcome.ToldUnits.Any(static unit => unit < 1) || outcome.Stages.Any(static s => s.Stage is null || s.Elapsed < TimeSpan.Zero) || outcome.RolledBack.Contains(null!))
        {
            return Problem.Invalid("outcome has a number below 0, a unit below 1, a stage without a name or null in rolled_back.");
        }

        var stages = outcome.Stages.Select(s => (s.Elapsed, Name: Name("stage", s.Stage))).ToArray();
        var rolledBack = outcome.RolledBack.Select(t => Text("rolled_back", t)).ToArray();
        var model = Text("language_model", outcome.LanguageModel);
        return (stages.Select(static s => s.Name.Problem).Concat(rolledBack.Select(static t => t.Problem)).FirstOrDefault(static p => p is not null) ?? model.Problem) is { } problem
            ? problem
            : outcome with
            {
                Stages = [.. stages.Select(static s => new StageTime(s.Name.Value!, s.Elapsed))], RolledBack = [.. rolledBack.Select(static t => t.Value!)],
                LanguageModel = outcome.LanguageModel is null ? null : model.Value,
            };
    }

    public Outcome<JournalEntry> Journal(JournalLine line)
    {
        if (!RunId.TryParse(line.Run, out var run) || !MemoryId.TryParse(line.Memory, out var memory) || line.Unit < 1)
        {
            return Problem.Invalid("run, unit or memory is not the name of one.");
        }

        var (before, after, reason) = (Values(line.Before), Values(line.After), Text("reason", line.Reason));
        return (before.Problem ?? after.Problem ?? reason.Problem) is { } problem
            ? problem
            : new JournalEntry(run, line.Unit, memory, before.Value!, after.Value!, reason.Value!, line.Undone ?? false);
    }

    private Outcome<FieldValues> Values(FieldValues values)
    {
        if (values is { Importance: not (null or (>= 0 and <= 1)) } or { Confidence: not (null or (>= 0 and <= 1)) })
        {
            return Problem.Invalid("importance and confidence are numbers from 0 to 1.");
        }

        if (new[] { values.MergedInto, values.SupersededBy, values.PartlySupersededBy, values.ContestedWith }.Any(static id => id is { Length: > 0 } && !MemoryId.TryParse(id, out _)))
        {
            return Problem.Invalid("merged_into, superseded_by, partly_superseded_by or contested_with is not the id of a memory.");
        }

        if (values.Tags is { } tags)
        {
            var notes = new List<string>();
            var screened = tags.Contains(null!) ? Problem.Invalid("tags holds null; words are allowed.") : screen.Tags(tags, notes);
            Changed |= notes.Count > 0;
            if ((screened.Problem ?? TextCheck.Tags(screened.Value!)) is { } problem)
            {
                return problem;
            }

            values = values with { Tags = screened.Value };
        }

        if (values.Evidence is { } evidence)
        {
            var rows = Evidence(evidence);
            if (!rows.Succeeded)
            {
                return rows.Problem;
            }

            values = values with { Evidence = rows.Value };
        }

        return values;
    }

    private Outcome<string> Text(string what, string? text)
    {
        if (text is null)
        {
            return "";
        }

        var notes = new List<string>();
        var screened = screen.Text(what, text, notes);
        Changed |= notes.Count > 0;
        return (screened.Problem ?? TextCheck.Text(what, screened.Value!)) is { } problem ? problem : screened;
    }

    private Outcome<string> Name(string what, string name)
    {
        var notes = new List<string>();
        var screened = screen.Name(what, name, notes);
        Changed |= notes.Count > 0;
        return (screened.Problem ?? TextCheck.Name(what, screened.Value!)) is { } problem ? problem : screened;
    }

    private static DateTimeOffset? Whole(DateTimeOffset? time) => time is { } t ? Instant.Whole(t) : null;

    private static string Shortened(string text) => VisibleText.Of(text.Length <= 40 ? text : text[..40]);
}
