-- Up to which message each conversation is read, by the id that `archive` gave it, and whether our
-- other clients know that.
CREATE TABLE read_state (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
    message INTEGER REFERENCES message ON DELETE SET NULL,
    archive TEXT NOT NULL,
    stanza_id TEXT NOT NULL,
    is_published INTEGER NOT NULL
);
CREATE INDEX read_state_of_profile ON read_state (profile);
CREATE INDEX read_state_of_message ON read_state (message) WHERE message IS NOT NULL;
-- What other clients have read, of messages that aren't here yet.
CREATE TABLE read_elsewhere (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    peer TEXT NOT NULL,
    archive TEXT NOT NULL,
    stanza_id TEXT NOT NULL,
    PRIMARY KEY (profile, peer)
);
