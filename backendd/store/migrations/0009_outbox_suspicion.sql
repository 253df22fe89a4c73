-- How much speaks for it that the server closes the stream because of a stanza: 1 when it was
-- closed with this one among others in flight, one more each time it was the only one.
ALTER TABLE outbox ADD COLUMN suspicion INTEGER NOT NULL DEFAULT 0;
