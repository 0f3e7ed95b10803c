-- Who did what. Holds ids and names, never content.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  caller TEXT NOT NULL,
  address TEXT,
  action TEXT NOT NULL,
  namespace TEXT,
  subject TEXT,
  result TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);

CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- Retention moves the mark first; what is younger than the mark stays.
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN old.at >= coalesce((SELECT value FROM properties WHERE name = 'audit_kept_from'), old.at) BEGIN
  SELECT RAISE(ABORT, 'the audit log is only added to');
END;
