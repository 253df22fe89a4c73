-- Since when a room is known to tell everybody who is in it: of what was said before, its archive may
-- have what its authors wrote of themselves. 0 where it hides them.
ALTER TABLE room ADD COLUMN nonanonymous_since INTEGER NOT NULL DEFAULT 0;
UPDATE room SET nonanonymous_since = CAST(strftime('%s', 'now') AS INTEGER) * 1000000
WHERE nonanonymous = 1;
