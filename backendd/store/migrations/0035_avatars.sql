-- Which picture contacts have, and we: its SHA-1, and by which way it is told: `pep` goes before
-- `vcard`.
CREATE TABLE avatar (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    hash TEXT NOT NULL,
    way TEXT NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;

-- Pictures that were asked for, by their hash; those unused for longest leave.
CREATE TABLE avatar_image (
    hash TEXT NOT NULL PRIMARY KEY,
    data BLOB NOT NULL,
    used INTEGER NOT NULL
);
