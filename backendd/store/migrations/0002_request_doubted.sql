-- A new stream has the server repeat the requests that are still open (RFC 6121 3.1.3): those of
-- earlier ones are in doubt until then.
ALTER TABLE request ADD COLUMN is_doubted INTEGER NOT NULL DEFAULT 0;
