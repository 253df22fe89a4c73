-- Nodes of entries: blogs, and the comments on an entry. `followed` is since when it is followed in
-- microseconds since the epoch, 0: it isn't; `pending`: its owner has not agreed; `kept`: the list on
-- the server has it. The error is why it can't be read. `cursor` is from where older entries are
-- read on, and `whole` says that none are left there.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    followed INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    error_name TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    cursor TEXT NOT NULL DEFAULT '',
    whole INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL,
    UNIQUE (profile, service, node)
);

-- What is written there. `place` is what orders them: when it was published, but not after it came.
-- `listed`: it is in the timeline. `links`, `enclosures` and `tags` are lists in JSON.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    item TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'published',
    error_name TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    xhtml TEXT NOT NULL,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    verified INTEGER NOT NULL,
    publisher TEXT NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    received INTEGER NOT NULL,
    place INTEGER NOT NULL,
    tags TEXT NOT NULL,
    links TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    answers TEXT NOT NULL,
    comments_service TEXT NOT NULL,
    comments_node TEXT NOT NULL,
    listed INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 1,
    UNIQUE (feed, item)
);
CREATE INDEX entry_of_feed ON entry (feed, place, id);
CREATE INDEX entry_listed ON entry (profile, place, id) WHERE listed = 1;
CREATE INDEX entry_unread ON entry (feed) WHERE unread = 1;
CREATE INDEX entry_not_indexed ON entry (id) WHERE indexed = 0;
CREATE INDEX entry_with_comments ON entry (profile, comments_node) WHERE comments_node <> '';

-- Its words, as those of messages are kept (0013). What isn't `indexed` waits for that to be done.
CREATE VIRTUAL TABLE entry_words USING fts5 (
    scope, words, content = '', columnsize = 0, prefix = '1 2 3 4',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* S* P* C*'"
);
CREATE TRIGGER entry_words_added AFTER INSERT ON entry WHEN new.indexed = 1 BEGIN
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed,
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_removed AFTER DELETE ON entry WHEN old.indexed = 1 BEGIN
    INSERT INTO entry_words (entry_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' f' || old.feed,
        indexed_words(CAST(old.title || char(10) || old.body || char(10) || old.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_changed AFTER UPDATE OF title, body, tags ON entry
WHEN old.indexed = 1
    AND (old.title IS NOT new.title OR old.body IS NOT new.body OR old.tags IS NOT new.tags) BEGIN
    INSERT INTO entry_words (entry_words, rowid, scope, words) VALUES (
        'delete', old.id, 'p' || old.profile || ' f' || old.feed,
        indexed_words(CAST(old.title || char(10) || old.body || char(10) || old.tags AS BLOB)));
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed,
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
CREATE TRIGGER entry_words_made_up_for AFTER UPDATE OF indexed ON entry
WHEN old.indexed = 0 AND new.indexed = 1 BEGIN
    INSERT INTO entry_words (rowid, scope, words) VALUES (
        new.id, 'p' || new.profile || ' f' || new.feed,
        indexed_words(CAST(new.title || char(10) || new.body || char(10) || new.tags AS BLOB)));
END;
