-- Entries that are on their way out, or failed on it: `stanza` is what was queued for it last, by the
-- id `stanza_id` and as the row `outbox`. `before` is what was published before in JSON, empty where
-- nothing was. `takes_back`: it is to be gone.
CREATE TABLE publication (
    entry INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    stanza_id TEXT NOT NULL,
    outbox INTEGER NOT NULL,
    stanza TEXT NOT NULL,
    before TEXT NOT NULL,
    takes_back INTEGER NOT NULL
);
CREATE INDEX publication_by_stanza ON publication (profile, stanza_id);

-- What is written with the same token is the same entry.
CREATE TABLE entry_token (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    token TEXT NOT NULL,
    item TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, token)
) WITHOUT ROWID;
