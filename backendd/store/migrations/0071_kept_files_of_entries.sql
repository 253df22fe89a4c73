-- Where the files of entries are, of which the transfer is no longer kept, by their addresses: an
-- entry that is changed has them elsewhere. What a message or an entry says of a size is a hint,
-- so that which a file has is kept, 0 where it was not.
CREATE TABLE kept_file_of_entry (
    entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (entry, url)
) WITHOUT ROWID;
ALTER TABLE kept_file ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
