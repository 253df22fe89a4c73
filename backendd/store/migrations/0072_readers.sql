-- Who wants to read a blog of ours whose readers are let in one by one, and how that was answered:
-- '' waits for the user, `allow` and `deny` for the service to know, and `allowed` are those who were
-- let in, which not all services tell. `subid` and `stanza_id` are of the request.
CREATE TABLE reader (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    service TEXT NOT NULL,
    node TEXT NOT NULL,
    jid TEXT NOT NULL,
    subid TEXT NOT NULL,
    stanza_id TEXT NOT NULL,
    time INTEGER NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    UNIQUE (profile, service, node, jid)
);
CREATE INDEX reader_by_time ON reader (profile, answer, time);
