CREATE TABLE models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE         -- name/dimensions/version
) STRICT;

-- Signed bytes, one for each dimension; a byte times the scale is the number that the model gave. Length 1 within rounding.
CREATE TABLE vectors (
  memory INTEGER NOT NULL REFERENCES memories (row),
  model INTEGER NOT NULL REFERENCES models (id),
  scale REAL NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (memory, model)
) STRICT, WITHOUT ROWID;
