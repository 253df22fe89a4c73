-- `kind` says whose business it is how a stanza ends that carries no message, as in `reference`.
ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE outbox SET kind = 'reactions' WHERE id IN (SELECT waiting FROM reaction WHERE waiting <> 0);
