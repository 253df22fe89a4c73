-- Since when nobody uses a client (XEP-0319); 0 where it doesn't say.
ALTER TABLE presence ADD COLUMN idle_since INTEGER NOT NULL DEFAULT 0;
