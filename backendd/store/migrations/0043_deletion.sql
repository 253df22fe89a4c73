-- Conversations whose history was deleted here: up to which time, and up to which message that is
-- still to be done (0: it is done).
CREATE TABLE deletion (
    conversation INTEGER PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    time INTEGER NOT NULL,
    last INTEGER NOT NULL
);
-- What tells the last of that from what came at the same time and was never here: the id of an
-- archive, else what copies have in common.
CREATE TABLE deleted (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    time INTEGER NOT NULL,
    archive TEXT NOT NULL,
    name TEXT NOT NULL,
    payload INTEGER NOT NULL
);
CREATE INDEX deleted_by_name ON deleted (conversation, name);
