-- Forgetting looks for the lines of the journal that name the forgotten memory, or that may hold its tags: few of very many.
CREATE INDEX journal_superseded_by ON journal (after ->> '$.superseded_by') WHERE instr(after, '"superseded_by"') > 0 AND json_valid(after);
CREATE INDEX journal_contested_with ON journal (after ->> '$.contested_with') WHERE instr(after, '"contested_with"') > 0 AND json_valid(after);
CREATE INDEX journal_tags ON journal (memory) WHERE instr(before, '"tags"') > 0 OR instr(after, '"tags"') > 0;
