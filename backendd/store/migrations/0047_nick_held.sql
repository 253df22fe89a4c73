-- Since when we have which nick in a room: what was said there before spoke to us by the one then.
CREATE TABLE nick_held (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    since INTEGER NOT NULL,
    nick TEXT NOT NULL,
    PRIMARY KEY (profile, room, since)
) WITHOUT ROWID;
