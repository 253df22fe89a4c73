-- How messages ask to be shown: as a spoiler, about something; with no sign in them a style.
CREATE TABLE appearance (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    message INTEGER NOT NULL PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    is_spoiler INTEGER NOT NULL,
    about TEXT NOT NULL,
    is_unstyled INTEGER NOT NULL
);
CREATE INDEX appearance_of_profile ON appearance (profile);
-- What it says is to be seen only by who asks for it: nothing quotes it.
ALTER TABLE message ADD COLUMN covered INTEGER NOT NULL DEFAULT 0;
