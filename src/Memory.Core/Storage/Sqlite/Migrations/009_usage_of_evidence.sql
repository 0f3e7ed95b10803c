-- What a namespace takes is more than content: who only confirms, notes and tags fills a disk too. Of each piece of evidence 32 bytes count
-- for the row, however little it says.
UPDATE usage SET bytes = bytes
  + coalesce((
      SELECT sum(32 + octet_length(e.source) + coalesce(octet_length(e.session), 0) + coalesce(octet_length(e.note), 0) + coalesce(octet_length(e.statement), 0))
      FROM evidence e JOIN memories m ON m.row = e.memory WHERE m.namespace = usage.namespace), 0)
  + coalesce((SELECT sum(octet_length(t.tag)) FROM tags t JOIN memories m ON m.row = t.memory WHERE m.namespace = usage.namespace), 0);

CREATE TRIGGER evidence_usage_insert AFTER INSERT ON evidence BEGIN
  UPDATE usage SET bytes = bytes + 32 + octet_length(new.source) + coalesce(octet_length(new.session), 0) + coalesce(octet_length(new.note), 0) + coalesce(octet_length(new.statement), 0)
  WHERE namespace = (SELECT namespace FROM memories WHERE row = new.memory);
END;
CREATE TRIGGER evidence_usage_delete AFTER DELETE ON evidence BEGIN
  UPDATE usage SET bytes = bytes - 32 - octet_length(old.source) - coalesce(octet_length(old.session), 0) - coalesce(octet_length(old.note), 0) - coalesce(octet_length(old.statement), 0)
  WHERE namespace = (SELECT namespace FROM memories WHERE row = old.memory);
END;
CREATE TRIGGER tags_usage_insert AFTER INSERT ON tags BEGIN
  UPDATE usage SET bytes = bytes + octet_length(new.tag) WHERE namespace = (SELECT namespace FROM memories WHERE row = new.memory);
END;
CREATE TRIGGER tags_usage_delete AFTER DELETE ON tags BEGIN
  UPDATE usage SET bytes = bytes - octet_length(old.tag) WHERE namespace = (SELECT namespace FROM memories WHERE row = old.memory);
END;
