-- Passwords of rooms are sealed by the key of the profile. Here nobody has that, so those that lie
-- open are forgotten: bookmarks are fetched with theirs, and a room asks for its own.
ALTER TABLE room DROP COLUMN password;
ALTER TABLE room ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
UPDATE bookmark SET element = '' WHERE password <> '';
ALTER TABLE bookmark DROP COLUMN password;
ALTER TABLE bookmark ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
ALTER TABLE invitation DROP COLUMN password;
ALTER TABLE invitation ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
