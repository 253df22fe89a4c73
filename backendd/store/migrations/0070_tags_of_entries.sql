-- Tags are found as such: beside where an entry is stands a word for each (core/tags.py). What is here
-- is indexed anew in the background.
DROP TRIGGER entry_words_added;
DROP TRIGGER entry_words_removed;
DROP TRIGGER entry_words_changed;
DROP TRIGGER entry_words_made_up_for;
INSERT INTO entry_words (entry_words) VALUES ('delete-all');
UPDATE entry SET indexed = 0;

CREATE TRIGGER entry_words_added AFTER INSERT ON entry WHEN new.indexed = 1 BEGIN
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed || indexed_tags(CAST(new.tags AS BLOB)),
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_removed AFTER DELETE ON entry WHEN old.indexed = 1 BEGIN
    INSERT INTO entry_words (entry_words, rowid, scope, words) VALUES (
        'delete', old.id,
        'p' || old.profile || ' f' || old.feed || indexed_tags(CAST(old.tags AS BLOB)),
        indexed_words(CAST(old.title || char(10) || old.body || char(10) || old.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_changed AFTER UPDATE OF title, body, tags ON entry
WHEN old.indexed = 1
    AND (old.title IS NOT new.title OR old.body IS NOT new.body OR old.tags IS NOT new.tags) BEGIN
    INSERT INTO entry_words (entry_words, rowid, scope, words) VALUES (
        'delete', old.id,
        'p' || old.profile || ' f' || old.feed || indexed_tags(CAST(old.tags AS BLOB)),
        indexed_words(CAST(old.title || char(10) || old.body || char(10) || old.tags AS BLOB)));
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed || indexed_tags(CAST(new.tags AS BLOB)),
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_made_up_for AFTER UPDATE OF indexed ON entry
WHEN old.indexed = 0 AND new.indexed = 1 BEGIN
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed || indexed_tags(CAST(new.tags AS BLOB)),
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
