-- Before each statement that a trigger makes longer FTS5 writes what it holds to its tables, so that a batch became one segment for each
-- memory. The writer puts them into the indexes itself, all of a transaction together at its end.
DROP TRIGGER memories_words_insert;
DROP TRIGGER memories_trigrams_insert;
