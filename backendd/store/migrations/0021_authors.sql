-- What tells who wrote a message from others, where `sender` doesn't (NULL: it does): in rooms, where
-- a nick is anybody's. Empty where nobody can tell.
ALTER TABLE message ADD COLUMN author TEXT;

-- What was said of messages that aren't here yet, in the order in which it came. `author` is as in
-- message, `sender` who that is by name; `message` is the message that says it, if it is one.
CREATE TABLE said (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    sender TEXT NOT NULL,
    payload TEXT NOT NULL,
    time INTEGER NOT NULL,
    message INTEGER REFERENCES message ON DELETE CASCADE
);
INSERT INTO said (profile, conversation, target, kind, author, sender, payload, time)
    SELECT profile, conversation, target, kind, author, author, payload, time
    FROM reference ORDER BY time;
DROP TABLE reference;
ALTER TABLE said RENAME TO reference;
CREATE INDEX reference_by_target ON reference (conversation, target, kind, author);
CREATE INDEX reference_by_author ON reference (conversation, author);
CREATE INDEX reference_by_message ON reference (message) WHERE message IS NOT NULL;

-- Who reacted, by name.
ALTER TABLE reaction ADD COLUMN sender TEXT NOT NULL DEFAULT '';
UPDATE reaction SET sender = author;
