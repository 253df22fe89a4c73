-- As of which revision an entry says what it says, and which are gone: what was asked for before and
-- comes now is older than that.
ALTER TABLE entry ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
CREATE TABLE entry_gone (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    item TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (feed, item)
) WITHOUT ROWID;
CREATE INDEX entry_gone_of_profile ON entry_gone (profile);
