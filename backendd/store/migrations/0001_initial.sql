-- Times are microseconds since the epoch. A revision grows per profile with every change that a
-- frontend could see. JIDs are bare and normalised unless a column is called full_jid.

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

-- What a new process needs to resume the stream (XEP-0198).
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

CREATE TABLE roster (
    profile INTEGER PRIMARY KEY REFERENCES profile ON DELETE CASCADE,
    version TEXT NOT NULL
);

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

-- A resumed stream repeats no presence, so it is kept with the count that covers it.
CREATE TABLE presence (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    resource TEXT NOT NULL,
    show TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    PRIMARY KEY (profile, jid, resource)
) WITHOUT ROWID;

CREATE TABLE request (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    text TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;

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

-- `place` orders a conversation: the archive's or our own time, moved on where it would contradict
-- the order in which things came. `dedupe` is the origin id, else the id attribute.
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
CREATE INDEX message_in_place ON message (conversation, place, id);
CREATE INDEX message_by_revision ON message (profile, revision);
CREATE INDEX message_by_dedupe ON message (conversation, dedupe);
CREATE INDEX message_by_id ON message (conversation, message_id) WHERE message_id <> dedupe;
CREATE INDEX message_unread ON message (conversation, place) WHERE state = 'unread';

-- Every id an archive gave a message; a message may be in several.
CREATE TABLE archived (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    archive TEXT NOT NULL,
    stanza_id TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    PRIMARY KEY (profile, archive, stanza_id)
) WITHOUT ROWID;
CREATE INDEX archived_message ON archived (message);

-- How far each archive is known (XEP-0313). Live messages move the cursor only while `caught_up`.
CREATE TABLE archive (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    jid TEXT NOT NULL,
    cursor TEXT NOT NULL,
    cursor_time INTEGER NOT NULL,
    caught_up INTEGER NOT NULL,
    began INTEGER NOT NULL DEFAULT 0,       -- the newest message id when it fell behind
    PRIMARY KEY (profile, jid)
) WITHOUT ROWID;

-- What has to reach the server. `sm_id` is empty before the first try, else the stream it went
-- out on; `number` its place there. `cursor` is how far the archive was known at that time.
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
CREATE INDEX outbox_by_stream ON outbox (profile, sm_id, number);
CREATE INDEX outbox_by_message ON outbox (message);

-- Send with the same token gives the same message.
CREATE TABLE token (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    token TEXT NOT NULL,
    message INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (profile, token)
) WITHOUT ROWID;

-- Receipts and markers that came before the message they speak of; `state` is what it gets.
CREATE TABLE reference (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (conversation, message_id, state)
) WITHOUT ROWID;

-- Ids that are gone, for Messages.Changes.
CREATE TABLE removed (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (profile, revision)
) WITHOUT ROWID;
