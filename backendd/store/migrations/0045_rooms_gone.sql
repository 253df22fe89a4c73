-- Rooms that are no more, as they said themselves, and where each goes on.
ALTER TABLE room ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
