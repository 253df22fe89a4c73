-- The words of messages as core/words.py cuts them; with the rowids of the messages, and nothing of
-- their text. `scope` holds one word for the profile and one for the conversation.
CREATE VIRTUAL TABLE message_words USING fts5 (
    scope, words, content = '', columnsize = 0, prefix = '1 2 3 4',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* S* P* C*'"
);

-- In which way texts were cut (VERSION there); another one than now makes all be indexed anew.
CREATE TABLE word_index (version INTEGER NOT NULL);
INSERT INTO word_index (version) VALUES (0);

-- Messages of a profile up to the id `low` are not indexed yet; no row: all are. Profiles go before
-- their messages do, so this doesn't refer to them.
CREATE TABLE indexed (
    profile INTEGER PRIMARY KEY,
    low INTEGER NOT NULL
);

CREATE TRIGGER message_words_added AFTER INSERT ON message BEGIN
    INSERT INTO message_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' c' || new.conversation,
        indexed_words(CAST(new.body AS BLOB)));
END;

CREATE TRIGGER message_words_removed AFTER DELETE ON message
WHEN old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body AS BLOB)));
END;

CREATE TRIGGER message_words_changed AFTER UPDATE OF body ON message
WHEN old.body IS NOT new.body
    AND old.id > coalesce((SELECT low FROM indexed WHERE profile = old.profile), 0) BEGIN
    INSERT INTO message_words (message_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' c' || old.conversation,
        indexed_words(CAST(old.body AS BLOB)));
    INSERT INTO message_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' c' || new.conversation,
        indexed_words(CAST(new.body AS BLOB)));
END;
