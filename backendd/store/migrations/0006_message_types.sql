-- What a body is: what somebody wrote (message), or a line of ours that says what came (system) or
-- that one is invited (invite); and why a message can't be read, as XEP-0380 names it.
ALTER TABLE message ADD COLUMN type TEXT NOT NULL DEFAULT 'message';
ALTER TABLE message ADD COLUMN encryption TEXT NOT NULL DEFAULT '';
