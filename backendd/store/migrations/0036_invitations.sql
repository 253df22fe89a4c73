-- Invitations to rooms that wait for an answer: each of a person to a room is one. What is `direct`
-- came from who invites, and can't be declined. A second table has ours to others, by the ids of
-- their stanzas, for the case that they come back.
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    sender TEXT NOT NULL,
    reason TEXT NOT NULL,
    password TEXT NOT NULL,
    is_direct INTEGER NOT NULL,
    time INTEGER NOT NULL,
    UNIQUE (profile, room, sender)
);
CREATE INDEX invitation_by_time ON invitation (profile, time);
CREATE TABLE invited (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    stanza_id TEXT NOT NULL,
    room TEXT NOT NULL,
    invitee TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, stanza_id)
) WITHOUT ROWID;
CREATE INDEX invited_by_time ON invited (profile, time);
