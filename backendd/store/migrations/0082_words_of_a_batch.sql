-- Messages that are stored, and whose words the index lacks still: those of a transaction are put into
-- it by one statement (store/index.py). With a statement for each FTS5 writes each as a segment of its
-- own, and merges those.
CREATE TABLE unindexed (message INTEGER PRIMARY KEY);

DROP TRIGGER message_words_added;
CREATE TRIGGER message_words_added AFTER INSERT ON message BEGIN
    INSERT OR IGNORE INTO unindexed (message) VALUES (new.id);
END;

DROP TRIGGER message_words_removed;
CREATE TRIGGER message_words_removed AFTER DELETE ON message
WHEN old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) SELECT
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body || char(10) || old.attached AS BLOB))
        WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id);
    DELETE FROM unindexed WHERE message = old.id;
END;

DROP TRIGGER message_words_changed;
CREATE TRIGGER message_words_changed AFTER UPDATE OF body, attached ON message
WHEN (old.body IS NOT new.body OR old.attached IS NOT new.attached)
    AND old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0)
    AND NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body || char(10) || old.attached AS BLOB)));
    INSERT INTO message_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' c' || new.conversation,
        indexed_words(CAST(new.body || char(10) || new.attached AS BLOB)));
END;
