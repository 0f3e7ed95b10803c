-- Indexes as they stood in memory at a place in the order of changes: a start reads these large pieces instead of every memory.
-- They hold words and vectors: whatever is forgotten in a namespace removes those of the namespace.
CREATE TABLE index_snapshots (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace TEXT NOT NULL,
  model TEXT NOT NULL,              -- whose vectors, as in models
  build TEXT NOT NULL,              -- of the server that wrote it: another one may read texts in another way
  sequence INTEGER NOT NULL,        -- the last change that is in it
  state TEXT NOT NULL CHECK (state IN ('begun', 'whole', 'ending')),
  parts INTEGER NOT NULL            -- how many it has when it is whole
) STRICT;
CREATE INDEX index_snapshots_of ON index_snapshots (namespace, model);

CREATE TABLE index_parts (
  part INTEGER PRIMARY KEY,         -- they are read in the order in which they were written
  snapshot INTEGER NOT NULL REFERENCES index_snapshots (number),
  section INTEGER NOT NULL,
  checksum INTEGER NOT NULL,        -- CRC-32C of the data
  data BLOB NOT NULL
) STRICT;
CREATE INDEX index_parts_of ON index_parts (snapshot);
