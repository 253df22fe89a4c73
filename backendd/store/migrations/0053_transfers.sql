-- Files on their way, and those that have been, until they are removed. `path` is where the file is
-- or will be, empty where a caller gave an open one. `message` is what it belongs to: what goes out
-- with an upload, what brought the address of a download, whose `attachment` it then is. `notes` is
-- what its way has to know again after a restart.
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    peer TEXT NOT NULL,
    direction TEXT NOT NULL,
    method TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL,
    url TEXT NOT NULL,
    hash TEXT NOT NULL,
    mime TEXT NOT NULL,
    encrypted INTEGER NOT NULL,
    error_name TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    message INTEGER REFERENCES message ON DELETE SET NULL,
    attachment INTEGER NOT NULL,
    token TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '{}',
    time INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
CREATE INDEX transfer_of_profile ON transfer (profile);
CREATE INDEX transfer_of_message ON transfer (message) WHERE message IS NOT NULL;
CREATE UNIQUE INDEX transfer_token ON transfer (profile, token) WHERE token <> '';
