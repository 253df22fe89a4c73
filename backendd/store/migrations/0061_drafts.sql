-- Entries that are being written: `entry` is what is to be published in JSON, as it was given.
CREATE TABLE entry_draft (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    name TEXT NOT NULL,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    entry TEXT NOT NULL,
    updated INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (profile, name)
);
