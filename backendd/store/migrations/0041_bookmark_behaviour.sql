-- What bookmarks say of how the conversation of their room behaves: whether it is pinned, and of
-- what it notifies ('' where they don't say that).
ALTER TABLE bookmark ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bookmark ADD COLUMN notify TEXT NOT NULL DEFAULT '';
-- What the user wants of that, and the server doesn't know yet; NULL where it does.
CREATE TABLE bookmark_wish (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    pinned INTEGER,
    notify TEXT,
    PRIMARY KEY (profile, room)
) WITHOUT ROWID;
INSERT INTO bookmark_wish (profile, room, pinned, notify)
    SELECT c.profile, c.peer, nullif(c.pinned, 0), nullif(c.notify, 'mentions')
    FROM conversation c JOIN bookmark b ON b.profile = c.profile AND b.room = c.peer
    WHERE c.kind = 'room' AND (c.pinned = 1 OR c.notify <> 'mentions');
