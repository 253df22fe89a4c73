-- An entry that says nothing but that somebody likes something: comments are counted without.
ALTER TABLE entry ADD COLUMN heart INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_hearts ON entry (feed) WHERE heart = 1;

-- Who likes an entry, or likes it no more, by what is attached to it (XEP-0470). `person` is a bare
-- JID.
CREATE TABLE entry_like (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    person TEXT NOT NULL,
    likes INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (entry, person)
) WITHOUT ROWID;

-- Nodes of comments and of attachments that are subscribed to, since their entry was looked at, and
-- when that was last.
CREATE TABLE heard (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    looked INTEGER NOT NULL,
    PRIMARY KEY (profile, service, node)
) WITHOUT ROWID;
