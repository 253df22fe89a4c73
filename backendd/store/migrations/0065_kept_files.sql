-- Where the files of messages are, of which the transfer is no longer kept; `path` is empty where
-- a caller had given an open one.
CREATE TABLE kept_file (
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    attachment INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (message, attachment)
) WITHOUT ROWID;
