-- Our likes on their way out: whether we like an entry from then on, as the stanza of this id and
-- the row `outbox`; `own` is the bare JID of the account.
CREATE TABLE liking (
    entry INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    stanza_id TEXT NOT NULL,
    outbox INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    own TEXT NOT NULL
);
