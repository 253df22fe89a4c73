-- Rooms in which we are or want to be. `wanted_nick` is the nick to ask for, `nick` the one we have;
-- `is_in`: the present stream has us there, which one that is resumed still does.
CREATE TABLE room (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    wanted_nick TEXT NOT NULL,
    password TEXT NOT NULL DEFAULT '',
    is_wanted INTEGER NOT NULL DEFAULT 0,
    is_in INTEGER NOT NULL DEFAULT 0,
    nick TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    affiliation TEXT NOT NULL DEFAULT '',
    occupant_id TEXT NOT NULL DEFAULT '',
    gives_ids INTEGER NOT NULL DEFAULT 0,
    has_ids INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    subject_by TEXT NOT NULL DEFAULT '',
    nonanonymous INTEGER NOT NULL DEFAULT 0,
    members_only INTEGER NOT NULL DEFAULT 0,
    password_protected INTEGER NOT NULL DEFAULT 0,
    moderated INTEGER NOT NULL DEFAULT 0,
    error_name TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (profile, room)
) WITHOUT ROWID;

-- Who is in rooms that don't say by what somebody is known again. Ids are never given twice.
CREATE TABLE stay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    nick TEXT NOT NULL,
    UNIQUE (profile, room, nick)
);
