-- Times are whole milliseconds since 1970-01-01 UTC.

CREATE TABLE sequence (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  value INTEGER NOT NULL
) STRICT;
INSERT INTO sequence VALUES (1, 0);

CREATE TABLE memories (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  namespace TEXT NOT NULL,
  identity_hash INTEGER NOT NULL,   -- of the text as store folds it
  statement_hash INTEGER NOT NULL,  -- of the text as consolidation folds it
  kind TEXT NOT NULL CHECK (kind IN ('fact', 'preference', 'decision', 'procedure', 'event', 'note')),
  importance REAL NOT NULL CHECK (importance BETWEEN 0 AND 1),
  source TEXT NOT NULL,
  session TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'merged', 'superseded', 'archived', 'forgotten')),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  confidence_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  occurred_at INTEGER,
  valid_until INTEGER,
  sequence INTEGER NOT NULL,
  -- Long columns last: a filter on the others then never reads their overflow pages.
  content TEXT NOT NULL,
  spread TEXT                       -- the content's runs of scripts without spaces, spread for the trigram index
) STRICT;
CREATE INDEX memories_identity ON memories (namespace, identity_hash);
CREATE INDEX memories_statement ON memories (namespace, statement_hash) WHERE state = 'active';
CREATE INDEX memories_created ON memories (namespace, created_at);
CREATE UNIQUE INDEX memories_sequence ON memories (sequence);

CREATE TABLE tags (
  memory INTEGER NOT NULL REFERENCES memories (row),
  tag TEXT NOT NULL,
  PRIMARY KEY (memory, tag)
) STRICT, WITHOUT ROWID;

-- How often and when last a memory was recalled. Apart from memories, so that recalling changes no memory.
CREATE TABLE recalls (
  memory INTEGER PRIMARY KEY REFERENCES memories (row),
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recalls_last ON recalls (last_at);

CREATE TABLE evidence (
  row INTEGER PRIMARY KEY,
  memory INTEGER NOT NULL REFERENCES memories (row),
  kind TEXT NOT NULL CHECK (kind IN ('asserted', 'corroborated', 'contradicted', 'confirmed', 'refuted')),
  source TEXT NOT NULL,
  session TEXT,
  at INTEGER NOT NULL,
  note TEXT,
  statement TEXT
) STRICT;
CREATE INDEX evidence_memory ON evidence (memory);

CREATE TABLE links (
  from_memory INTEGER NOT NULL REFERENCES memories (row),
  to_memory INTEGER NOT NULL REFERENCES memories (row),
  kind TEXT NOT NULL CHECK (kind IN ('merged_into', 'superseded_by')),
  at INTEGER NOT NULL,
  PRIMARY KEY (from_memory, to_memory, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_to ON links (to_memory);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  namespace TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('incremental', 'full')),
  cause TEXT NOT NULL CHECK (cause IN ('request', 'schedule')),
  state TEXT NOT NULL CHECK (state IN ('running', 'completed', 'cancelled', 'interrupted', 'undone')),
  holder TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  seen_sequence INTEGER NOT NULL,   -- everything up to here was in the store when the run began
  merged INTEGER NOT NULL DEFAULT 0,
  rescored INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_started ON runs (namespace, started_at);

-- What a run changed, field by field. Never holds a memory's text.
CREATE TABLE journal (
  row INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  unit INTEGER NOT NULL,
  memory INTEGER NOT NULL REFERENCES memories (row),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX journal_run ON journal (run, unit);
CREATE INDEX journal_memory ON journal (memory);

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  acquired_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE properties (
  name TEXT PRIMARY KEY,            -- created_at, last_night_at, purge_pending
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE memory_words USING fts5 (
  content, content = 'memories', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIEW memory_spread AS SELECT row, spread FROM memories WHERE spread IS NOT NULL;
CREATE VIRTUAL TABLE memory_trigrams USING fts5 (
  spread, content = 'memory_spread', content_rowid = 'row', tokenize = 'trigram');
-- Deleted words leave the index at once and not when segments happen to merge: forgetting is forgetting.
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);
INSERT INTO memory_trigrams (memory_trigrams, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER memories_words_insert AFTER INSERT ON memories BEGIN
  INSERT INTO memory_words (rowid, content) VALUES (new.row, new.content);
END;
CREATE TRIGGER memories_words_update AFTER UPDATE OF content ON memories BEGIN
  INSERT INTO memory_words (memory_words, rowid, content) VALUES ('delete', old.row, old.content);
  INSERT INTO memory_words (rowid, content) VALUES (new.row, new.content);
END;
CREATE TRIGGER memories_trigrams_insert AFTER INSERT ON memories WHEN new.spread IS NOT NULL BEGIN
  INSERT INTO memory_trigrams (rowid, spread) VALUES (new.row, new.spread);
END;
CREATE TRIGGER memories_trigrams_update AFTER UPDATE OF spread ON memories WHEN old.spread IS NOT NULL BEGIN
  INSERT INTO memory_trigrams (memory_trigrams, rowid, spread) VALUES ('delete', old.row, old.spread);
END;
CREATE TRIGGER memories_never_deleted BEFORE DELETE ON memories BEGIN
  SELECT RAISE(ABORT, 'a memory is never deleted; forgetting erases its content');
END;
