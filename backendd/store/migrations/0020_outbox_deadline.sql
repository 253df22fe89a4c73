-- When the server accepted a stanza that something else settles, and how often that was waited for
-- in vain.
ALTER TABLE outbox ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_accepted ON outbox (profile, accepted) WHERE state = 'accepted';
