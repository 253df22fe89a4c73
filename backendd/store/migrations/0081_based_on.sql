-- The versions of an entry of which a change that waits is one, with blanks between them; empty: it
-- goes out whatever is there by then.
ALTER TABLE publication ADD COLUMN based_on TEXT NOT NULL DEFAULT '';
