-- Up to which message each occupant of a room has seen what was said there.
CREATE TABLE seen (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    author TEXT NOT NULL,
    sender TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    UNIQUE (conversation, author)
);
CREATE INDEX seen_of_profile ON seen (profile);
CREATE INDEX seen_message ON seen (message);
