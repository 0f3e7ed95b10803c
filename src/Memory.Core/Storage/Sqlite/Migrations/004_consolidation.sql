-- What is known of two memories together: contradictions nobody decided, and what the owner said or undid.
CREATE TABLE pair_marks (
  first INTEGER NOT NULL REFERENCES memories (row),
  second INTEGER NOT NULL REFERENCES memories (row),
  kind TEXT NOT NULL CHECK (kind IN ('contested', 'not_duplicate', 'duplicate', 'not_contradiction')),
  at INTEGER NOT NULL,
  PRIMARY KEY (first, second, kind),
  CHECK (first < second)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_marks_second ON pair_marks (second);

-- What a dry run intends. The work of a unit may hold content (of a memory to be made); it is emptied when a memory of the unit is forgotten.
CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  namespace TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('incremental', 'full')),
  made_at INTEGER NOT NULL,
  seen_sequence INTEGER NOT NULL,
  examined INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plans_made ON plans (namespace, made_at);
CREATE TABLE plan_units (
  row INTEGER PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plans (id),
  unit INTEGER NOT NULL,
  work TEXT NOT NULL,
  UNIQUE (plan, unit)
) STRICT;
CREATE TABLE plan_members (
  unit INTEGER NOT NULL REFERENCES plan_units (row),
  memory INTEGER NOT NULL REFERENCES memories (row),
  PRIMARY KEY (unit, memory)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_members_memory ON plan_members (memory);

-- Recalls that were answered, as hashes: of the words of the query, and of the ids of the results.
CREATE TABLE remembered_queries (
  row INTEGER PRIMARY KEY,
  namespace TEXT NOT NULL,
  words TEXT NOT NULL,
  results TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (namespace, words)
) STRICT;
CREATE INDEX remembered_queries_at ON remembered_queries (namespace, at);

ALTER TABLE runs ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN contested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN outcome TEXT;
