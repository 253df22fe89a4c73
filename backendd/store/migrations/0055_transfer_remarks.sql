-- What a user should know of the way that a file took: sentences, a list.
ALTER TABLE transfer ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]';
