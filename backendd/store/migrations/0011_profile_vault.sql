-- The secrets of a profile are bound to the id it was made with; it gets another `uuid` when its
-- data is restored. Empty: they are the same.
ALTER TABLE profile ADD COLUMN vault_id TEXT NOT NULL DEFAULT '';
