-- What each namespace takes, kept by triggers, so that holding it against a quota costs one look.
CREATE TABLE usage (
  namespace TEXT PRIMARY KEY,
  memories INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO usage SELECT namespace, count(*), sum(octet_length(content)) FROM memories WHERE state <> 'forgotten' GROUP BY namespace;

CREATE TRIGGER memories_usage_insert AFTER INSERT ON memories WHEN new.state <> 'forgotten' BEGIN
  INSERT INTO usage VALUES (new.namespace, 1, octet_length(new.content))
  ON CONFLICT (namespace) DO UPDATE SET memories = memories + 1, bytes = bytes + octet_length(new.content);
END;
CREATE TRIGGER memories_usage_update AFTER UPDATE OF content ON memories BEGIN
  UPDATE usage SET
    memories = memories + (new.state <> 'forgotten') - (old.state <> 'forgotten'),
    bytes = bytes + octet_length(new.content) - octet_length(old.content)
  WHERE namespace = new.namespace;
END;
