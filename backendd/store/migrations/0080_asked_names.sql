-- When the service of a feed said last what that is called, or that it is called nothing; 0: never.
ALTER TABLE feed ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
