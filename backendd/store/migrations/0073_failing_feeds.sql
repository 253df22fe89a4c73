-- Since when a feed can't be read, in microseconds since the epoch; 0: it can, or nobody knows.
ALTER TABLE feed ADD COLUMN error_since INTEGER NOT NULL DEFAULT 0;
