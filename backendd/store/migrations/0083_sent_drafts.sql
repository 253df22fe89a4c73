-- Which state of a draft this is: another each time that one is kept; empty where there is none.
ALTER TABLE conversation ADD COLUMN draft_id TEXT NOT NULL DEFAULT '';
UPDATE conversation SET draft_id = lower(hex(randomblob(8))) WHERE draft <> '';

-- What was sent of drafts: `draft` is the state that was, at a `place` by the address of whom or what
-- it was for, `said` the SHA-256 of what was said of it, and `sent` the id of what it is now.
CREATE TABLE sent_draft (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    place TEXT NOT NULL,
    draft TEXT NOT NULL,
    said BLOB NOT NULL,
    sent TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, place, draft, said)
) WITHOUT ROWID;
