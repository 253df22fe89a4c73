-- As the server writes it, where that differs from `jid`: only so it can be changed and removed.
-- Contacts that were left out for their address come with the whole roster.
ALTER TABLE contact ADD COLUMN address TEXT NOT NULL DEFAULT '';
DELETE FROM roster;
