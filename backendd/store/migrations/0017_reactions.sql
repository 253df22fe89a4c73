-- The reactions of one author to a message, a JSON list; an empty one was taken back and stays, so
-- that an older one can't come again. `began` is when the author reacted first, `source` where the
-- set came from: `live` (on the stream `sm_id`), `archive` or `past`. Of ours: the id of the stanza
-- that says it, its row in the outbox, and the set `before` it, for the case that it is refused.
CREATE TABLE reaction (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    author TEXT NOT NULL,
    emojis TEXT NOT NULL,
    began INTEGER NOT NULL,
    time INTEGER NOT NULL,
    source TEXT NOT NULL,
    sm_id TEXT NOT NULL,
    stanza_id TEXT NOT NULL DEFAULT '',
    waiting INTEGER NOT NULL DEFAULT 0,
    before TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (message, author)
) WITHOUT ROWID;
CREATE INDEX reaction_of_profile ON reaction (profile);
CREATE INDEX reaction_by_stanza ON reaction (profile, stanza_id) WHERE stanza_id <> '';
