-- A contact whom the user no longer lets see our presence: when they ask again, it is the user who
-- answers.
ALTER TABLE contact ADD COLUMN is_withheld INTEGER NOT NULL DEFAULT 0;
