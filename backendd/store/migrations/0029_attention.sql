-- Messages that ask for attention. One `counts` that is to be noticed: of a contact, and the first of
-- several.
CREATE TABLE attention (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    message INTEGER NOT NULL PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    time INTEGER NOT NULL,
    counts INTEGER NOT NULL
);
CREATE INDEX attention_of_profile ON attention (profile);
CREATE INDEX attention_by_time ON attention (conversation, time);
