-- Which state of a draft this is: another each time that one is kept.
ALTER TABLE comment_draft ADD COLUMN draft_id TEXT NOT NULL DEFAULT '';
UPDATE comment_draft SET draft_id = lower(hex(randomblob(8)));
