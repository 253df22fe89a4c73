-- What was said of messages that aren't here yet. `kind` says whose business it is, `target` is the
-- id by which the message is named, `payload` what is said.
CREATE TABLE said (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    payload TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (conversation, target, kind, author)
) WITHOUT ROWID;
INSERT INTO said (profile, conversation, target, kind, author, payload, time)
    SELECT r.profile, r.conversation, r.message_id,
        iif(r.state = 'delivered', 'received', 'displayed'),
        iif(r.state = 'read', iif(p.bound = '', p.jid, p.bound), c.peer),
        iif(r.state = 'delivered', '', iif(r.state = 'read', 'in', 'out')), r.time
    FROM reference r JOIN conversation c ON c.id = r.conversation JOIN profile p ON p.id = r.profile;
DROP TABLE reference;
ALTER TABLE said RENAME TO reference;
