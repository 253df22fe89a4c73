-- By what an entry is known anywhere, as whoever wrote it first has called it; empty: by its item.
ALTER TABLE entry ADD COLUMN atom_id TEXT NOT NULL DEFAULT '';
