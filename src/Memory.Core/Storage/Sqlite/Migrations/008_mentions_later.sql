-- Which entities a memory mentions is noted soon after it is stored, for many memories together. Up to this row it is done.
INSERT INTO properties (name, value) SELECT 'mentions_to', coalesce(max(row), 0) FROM memories;
INSERT INTO memory_words (memory_words, rank) VALUES ('crisismerge', 8);
