-- Of which account what belongs to its blogs was looked through once, to be as it is made now: the
-- `edition` says how that is.
CREATE TABLE belonging_review (
    profile INTEGER PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
    account TEXT NOT NULL,
    edition INTEGER NOT NULL
);
