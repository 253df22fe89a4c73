-- What tells copies of one message from messages of one id: by which ways it came, as a JSON list
-- of pairs (the way, the resource it was addressed to); empty for what came before this was kept.
ALTER TABLE message ADD COLUMN ways TEXT NOT NULL DEFAULT '[]';
-- When its sender says that it was written, where that is not `time`, when it came; else 0.
ALTER TABLE message ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
DROP INDEX message_by_dedupe;
CREATE INDEX message_by_dedupe ON message (conversation, dedupe, payload, time);
