CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,               -- SHA-256 of salt and secret; the secret itself is nowhere
  namespaces TEXT NOT NULL,         -- separated by commas, or *
  scopes TEXT NOT NULL,             -- separated by commas
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_keys_name ON api_keys (name) WHERE revoked_at IS NULL;
CREATE TRIGGER api_keys_never_deleted BEFORE DELETE ON api_keys BEGIN
  SELECT RAISE(ABORT, 'a key is never deleted, only revoked: the audit log names it');
END;
