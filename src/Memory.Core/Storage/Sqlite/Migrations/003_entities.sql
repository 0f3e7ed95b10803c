-- The named things that memories speak of. A mention stays when its memory is merged, superseded or archived: readers ask the memory for its state.

CREATE TABLE entities (
  row INTEGER PRIMARY KEY,
  namespace TEXT NOT NULL,
  key TEXT NOT NULL,                -- what all spellings of it share
  kind TEXT NOT NULL CHECK (kind IN ('name', 'identifier', 'path', 'url', 'email', 'version', 'quote', 'issue_key', 'tag')),
  name TEXT NOT NULL,               -- as it was spelled first
  UNIQUE (namespace, key)
) STRICT;

CREATE TABLE mentions (
  entity INTEGER NOT NULL REFERENCES entities (row),
  memory INTEGER NOT NULL REFERENCES memories (row),
  PRIMARY KEY (entity, memory)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_memory ON mentions (memory);

-- Finding names is no work for SQL: the memories up to this row get their mentions later, the newest first.
INSERT INTO properties (name, value) SELECT 'mentions_missing_to', max(row) FROM memories HAVING max(row) IS NOT NULL;
