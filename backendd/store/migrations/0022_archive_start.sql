-- What an archive has from before this time lay below a first look; 0: nothing did, or it isn't known.
ALTER TABLE archive ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
