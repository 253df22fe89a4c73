-- What is being written to be said to an entry, of which it holds where that is, and what it was called
-- when it was here last: it may be gone. `parent` is the comment on it that is answered, or empty.
CREATE TABLE comment_draft (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    item TEXT NOT NULL,
    parent TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    updated INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (profile, service, node, item)
);
