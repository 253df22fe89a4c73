-- Files that messages tell of: a JSON list of what is known of each, in their order, and what the
-- message is found by because of them.
CREATE TABLE attachment (
    message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    files TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX attachment_of_profile ON attachment (profile);

-- As `words` there, for the index.
ALTER TABLE message ADD COLUMN attached TEXT NOT NULL DEFAULT '';
CREATE TRIGGER attachment_added AFTER INSERT ON attachment BEGIN
    UPDATE message SET attached = new.words WHERE id = new.message;
END;
CREATE TRIGGER attachment_removed AFTER DELETE ON attachment BEGIN
    UPDATE message SET attached = '' WHERE id = old.message;
END;
CREATE TRIGGER attachment_changed AFTER UPDATE ON attachment BEGIN
    UPDATE message SET attached = '' WHERE id = old.message AND old.message <> new.message;
    UPDATE message SET attached = new.words WHERE id = new.message;
END;

DROP TRIGGER message_words_added;
CREATE TRIGGER message_words_added AFTER INSERT ON message BEGIN
    INSERT INTO message_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' c' || new.conversation,
        indexed_words(CAST(new.body || char(10) || new.attached AS BLOB)));
END;

DROP TRIGGER message_words_removed;
CREATE TRIGGER message_words_removed AFTER DELETE ON message
WHEN old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body || char(10) || old.attached AS BLOB)));
END;

DROP TRIGGER message_words_changed;
CREATE TRIGGER message_words_changed AFTER UPDATE OF body, attached ON message
WHEN (old.body IS NOT new.body OR old.attached IS NOT new.attached)
    AND old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body || char(10) || old.attached AS BLOB)));
    INSERT INTO message_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' c' || new.conversation,
        indexed_words(CAST(new.body || char(10) || new.attached AS BLOB)));
END;
