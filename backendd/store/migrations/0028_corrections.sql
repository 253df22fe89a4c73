-- What messages said before they were corrected, and when. `stanza_id` is our correction that said
-- so, empty for what others said, and for what was said first.
CREATE TABLE edit (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    body TEXT NOT NULL,
    time INTEGER NOT NULL,
    stanza_id TEXT NOT NULL DEFAULT ''
);
CREATE INDEX edit_of_message ON edit (message, time, id);
CREATE INDEX edit_of_profile ON edit (profile);
CREATE INDEX edit_by_stanza ON edit (profile, stanza_id) WHERE stanza_id <> '';

-- Our correction by which a message says what it says: its stanza, and the row of the outbox that it
-- waits in, 0 once it has arrived.
CREATE TABLE correction (
    message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    stanza_id TEXT NOT NULL,
    waiting INTEGER NOT NULL
);
CREATE INDEX correction_by_stanza ON correction (profile, stanza_id);
