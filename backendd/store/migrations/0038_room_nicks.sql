-- The nicks that we wanted in rooms which are none of ours any more, for who enters them again.
CREATE TABLE room_nick (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    room TEXT NOT NULL,
    nick TEXT NOT NULL,
    PRIMARY KEY (profile, room)
) WITHOUT ROWID;
