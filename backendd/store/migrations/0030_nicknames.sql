-- What people call themselves (XEP-0172), who are contacts; `told` is what our account was told to.
CREATE TABLE nickname (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    nick TEXT NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;
ALTER TABLE profile ADD COLUMN nickname_told TEXT NOT NULL DEFAULT '';
