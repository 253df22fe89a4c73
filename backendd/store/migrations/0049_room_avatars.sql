-- The hash of the picture of a room (XEP-0486), and what told of it: `info`, its service discovery,
-- which says as well that there is none any more, or `presence`.
ALTER TABLE room ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN avatar_by TEXT NOT NULL DEFAULT '';
