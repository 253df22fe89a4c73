-- Messages that were retracted: by whom, as far as that is known, and whether as a moderator and why.
-- `stanza_id` is the one of ours that says so, if one does.
CREATE TABLE retraction (
    message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    sender TEXT NOT NULL,
    moderated INTEGER NOT NULL,
    reason TEXT NOT NULL,
    stanza_id TEXT NOT NULL
);
CREATE INDEX retraction_of_profile ON retraction (profile);
CREATE INDEX retraction_by_stanza ON retraction (profile, stanza_id) WHERE stanza_id <> '';
