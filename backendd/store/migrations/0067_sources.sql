-- The Markdown that entries were written in here: `says` is a hash of what the entry said then.
CREATE TABLE entry_source (
    entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    says BLOB NOT NULL,
    markdown TEXT NOT NULL,
    PRIMARY KEY (entry, says)
);
