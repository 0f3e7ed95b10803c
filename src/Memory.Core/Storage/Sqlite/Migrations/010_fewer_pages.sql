-- The order of changes is that of the memories themselves, which are never deleted: a counter beside them was one page more to write for each store.
DROP TABLE sequence;
-- Fewer and smaller pieces of the index of words: a store looks each of its words up in all of them.
INSERT INTO memory_words (memory_words, rank) VALUES ('automerge', 2);
INSERT INTO memory_words (memory_words, rank) VALUES ('crisismerge', 4);
INSERT INTO memory_words (memory_words, rank) VALUES ('pgsz', 1000);
