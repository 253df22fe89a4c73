-- A stanza waits in a lane, in order; no lane waits for another. `state` is `held` (not in its lane
-- yet), `fresh`, `flight`, `accepted` (the server has it, but what settles it hasn't come) or
-- `uncertain` (nobody knows if it arrived). `stanza_id` is its id attribute, by which answers, echoes
-- and copies name it. From the first writing on `stanza` is `composed`: final.
ALTER TABLE outbox ADD COLUMN lane TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'fresh';
ALTER TABLE outbox ADD COLUMN composed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN stanza_id TEXT NOT NULL DEFAULT '';
-- `ack`, `echo` or `answer`; `archive`, `ask` or `blind`, and by whom, empty for the account itself;
-- the item that is published.
ALTER TABLE outbox ADD COLUMN settles TEXT NOT NULL DEFAULT 'ack';
ALTER TABLE outbox ADD COLUMN resolved TEXT NOT NULL DEFAULT 'blind';
ALTER TABLE outbox ADD COLUMN resolver TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN item TEXT NOT NULL DEFAULT '';

UPDATE outbox SET composed = 1;
UPDATE outbox SET (lane, stanza_id, resolved) = (
    SELECT 'conversation ' || c.peer, m.message_id, 'archive'
    FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.id = outbox.message)
WHERE message IS NOT NULL;
UPDATE outbox SET state = 'flight' WHERE sm_id <> '';
UPDATE outbox SET state = 'uncertain'
WHERE sm_id <> '' AND sm_id NOT IN (SELECT sm_id FROM stream WHERE profile = outbox.profile);

CREATE INDEX outbox_waiting ON outbox (profile, lane, id) WHERE state = 'fresh';
CREATE INDEX outbox_closing ON outbox (profile, lane) WHERE state = 'uncertain' AND resolved <> 'blind';
CREATE INDEX outbox_by_stanza ON outbox (profile, stanza_id) WHERE stanza_id <> '';
