-- Whether moderators can have a room take back what was said there; until it is known, they can.
ALTER TABLE room ADD COLUMN retracts INTEGER NOT NULL DEFAULT 1;
