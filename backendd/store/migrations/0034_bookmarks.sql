-- The bookmarks of rooms as the server has them: `id` is its name there, where that isn't the room,
-- and `element` what it has of it, as it came. A second table says how the server keeps them
-- (items, element, private), and how often it has told that they are others.
CREATE TABLE bookmark (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    name TEXT NOT NULL,
    nick TEXT NOT NULL,
    password TEXT NOT NULL,
    autojoin INTEGER NOT NULL,
    id TEXT NOT NULL,
    element TEXT NOT NULL,
    PRIMARY KEY (profile, room)
) WITHOUT ROWID;
CREATE TABLE bookmark_keeping (
    profile INTEGER PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
    kind TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
);
