-- Whom the account blocks (XEP-0191), as its server has told: accounts, clients, whole servers.
CREATE TABLE blocked (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;
