-- Whether what is new in a blog that is followed is worth a notice: all or none.
ALTER TABLE feed ADD COLUMN notify TEXT NOT NULL DEFAULT 'all';
