-- The user marked it as unread: an answer from another client doesn't make it read.
ALTER TABLE message ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;
