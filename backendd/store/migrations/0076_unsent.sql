-- What waits to be sent or has failed is few of many, and asked for by who shows what waits.
CREATE INDEX message_unsent ON message (profile, id) WHERE state IN ('pending', 'failed');
