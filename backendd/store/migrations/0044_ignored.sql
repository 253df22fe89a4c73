-- Occupants of rooms of whom the user wants to see nothing, by the ids that their room gives them
-- (XEP-0421). `nick` is what they were called when that was said.
CREATE TABLE ignored (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    occupant_id TEXT NOT NULL,
    nick TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, room, occupant_id)
) WITHOUT ROWID;

-- The messages of theirs that are here.
CREATE TABLE unheard (
    message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE
);
CREATE INDEX unheard_of_profile ON unheard (profile);
