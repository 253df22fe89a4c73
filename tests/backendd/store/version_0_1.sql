-- A database as version 0.1 left it, with something in each table. Never edited.
BEGIN TRANSACTION;
CREATE TABLE archive (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    cursor TEXT NOT NULL,
    cursor_time INTEGER NOT NULL,
    caught_up INTEGER NOT NULL,
    began INTEGER NOT NULL DEFAULT 0,       -- the newest message id when it fell behind
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;
INSERT INTO "archive" VALUES(1,'alice@example.org','b-3',1790000002000000,1,0);
CREATE TABLE archived (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    archive TEXT NOT NULL,
    stanza_id TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    PRIMARY KEY (profile, archive, stanza_id)
) WITHOUT ROWID;
INSERT INTO "archived" VALUES(1,'alice@example.org','b-1',1);
INSERT INTO "archived" VALUES(1,'alice@example.org','b-2',2);
INSERT INTO "archived" VALUES(1,'alice@example.org','b-3',3);
CREATE TABLE contact (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    name TEXT NOT NULL,
    groups TEXT NOT NULL,                   -- JSON list
    subscription TEXT NOT NULL,
    ask INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;
INSERT INTO "contact" VALUES(1,'bob@example.org','Bob','["Friends"]','both',0,3);
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    peer TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 1,
    pinned INTEGER NOT NULL DEFAULT 0,
    notify TEXT NOT NULL DEFAULT 'all',
    markers INTEGER NOT NULL DEFAULT 1,
    typing_out INTEGER NOT NULL DEFAULT 1,
    draft TEXT NOT NULL DEFAULT '',
    read_up_to INTEGER NOT NULL DEFAULT 0,  -- a message id
    archive_done INTEGER NOT NULL DEFAULT 0,-- the archive has nothing before our first message
    active INTEGER NOT NULL,                -- time of what happened last, orders the list
    revision INTEGER NOT NULL,
    UNIQUE (profile, peer)
);
INSERT INTO "conversation" VALUES(1,1,'bob@example.org','chat',1,0,'all',1,1,'half a sent',1,0,1790000003000000,8);
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    place INTEGER NOT NULL,
    direction TEXT NOT NULL,
    source TEXT NOT NULL,
    sender TEXT NOT NULL,
    message_id TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    payload INTEGER NOT NULL,               -- a hash of what the message says
    body TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    time INTEGER NOT NULL,
    state TEXT NOT NULL,
    error_name TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    markable INTEGER NOT NULL DEFAULT 0,    -- the sender asks for displayed markers (XEP-0333)
    gap INTEGER NOT NULL DEFAULT 0,         -- before this one some may be missing for good
    past INTEGER NOT NULL DEFAULT 0,        -- history when it came here, no news
    stanza_id TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL
);
INSERT INTO "message" VALUES(1,1,1,1790000000000000,'in','live','bob@example.org','b1','','b1',11,'did you see the café?',0,1790000000000000,'read','','',0,0,0,'b-1',5);
INSERT INTO "message" VALUES(2,1,1,1790000001000000,'out','sent','alice@example.org','a1','a1','a1',12,'yes',0,1790000001000000,'displayed','','',0,0,0,'b-2',6);
INSERT INTO "message" VALUES(3,1,1,1790000002000000,'in','archive','bob@example.org','b2','','b2',13,'meet me there',0,1790000002000000,'unread','','',0,0,0,'b-3',7);
INSERT INTO "message" VALUES(4,1,1,1790000003000000,'out','sent','alice@example.org','a2','a2','a2',14,'on my way',0,1790000003000000,'pending','','',0,0,0,'',8);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    message INTEGER REFERENCES message ON DELETE CASCADE,
    stanza TEXT NOT NULL,
    time INTEGER NOT NULL,
    sm_id TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL DEFAULT 0,
    cursor TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "outbox" VALUES(1,1,4,'<message to="bob@example.org" type="chat" id="a2"><body>on my way</body></message>',1790000003000000,'',0,'',0);
CREATE TABLE presence (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    resource TEXT NOT NULL,
    show TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    PRIMARY KEY (profile, jid, resource)
) WITHOUT ROWID;
INSERT INTO "presence" VALUES(1,'bob@example.org','phone','online','',5);
CREATE TABLE profile (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    jid TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0,
    sealed BLOB NOT NULL,                   -- the vault: the data key under the profile password
    xmpp_password BLOB NOT NULL,            -- encrypted with the data key
    settings TEXT NOT NULL,                 -- JSON
    show TEXT NOT NULL DEFAULT 'online',
    status TEXT NOT NULL DEFAULT '',
    scram_seen INTEGER NOT NULL DEFAULT 0,  -- once seen, PLAIN is refused for ever
    revision INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "profile" VALUES(1,'6f9a1c1e-0000-4000-8000-000000000001','alice','alice@example.org',1,X'01',X'02','{"host": "", "port": 0, "direct_tls": false, "autoconnect": true, "resource": "", "ca_file": ""}','away','at work',1,9);
CREATE TABLE reference (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (conversation, message_id, state)
) WITHOUT ROWID;
INSERT INTO "reference" VALUES(1,1,'a9','delivered',1790000000000000);
CREATE TABLE removed (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (profile, revision)
) WITHOUT ROWID;
CREATE TABLE request (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    text TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;
INSERT INTO "request" VALUES(1,'eve@example.org','let me in',1790000000000000);
CREATE TABLE roster (
    profile INTEGER PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
    version TEXT NOT NULL
);
INSERT INTO "roster" VALUES(1,'ver7');
CREATE TABLE stream (
    profile INTEGER PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
    sm_id TEXT NOT NULL,
    full_jid TEXT NOT NULL,
    handled INTEGER NOT NULL,
    acked INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    location TEXT NOT NULL,
    trusts_ids INTEGER NOT NULL DEFAULT 0,  -- the server sets stanza ids, and strips forged ones
    is_set_up INTEGER NOT NULL DEFAULT 0    -- carbons, presence and all that were sent on it
);
INSERT INTO "stream" VALUES(1,'sm-1','alice@example.org/desk',12,7,1790000600000000,'',1,1);
CREATE TABLE token (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    token TEXT NOT NULL,
    message INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, token)
) WITHOUT ROWID;
INSERT INTO "token" VALUES(1,'tok',4,1790000003000000);
CREATE INDEX message_in_place ON message (conversation, place, id);
CREATE INDEX message_by_revision ON message (profile, revision);
CREATE INDEX message_by_dedupe ON message (conversation, dedupe);
CREATE INDEX message_by_id ON message (conversation, message_id) WHERE message_id <> dedupe;
CREATE INDEX message_unread ON message (conversation, place) WHERE state = 'unread';
CREATE INDEX archived_message ON archived (message);
CREATE INDEX outbox_by_stream ON outbox (profile, sm_id, number);
CREATE INDEX outbox_by_message ON outbox (message);
COMMIT;
PRAGMA user_version = 1;
