-- Names and groups are kept as the server has them, and cleaned where they are shown. Without its
-- version the roster comes whole again.
DELETE FROM roster;
