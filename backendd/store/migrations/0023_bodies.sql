-- When it was said, for what is later of one author: where it came from (`live` on the stream
-- `sm_id`, `archive` or `past`), and if that was read from its end.
ALTER TABLE reference ADD COLUMN source TEXT NOT NULL DEFAULT 'live';
ALTER TABLE reference ADD COLUMN sm_id TEXT NOT NULL DEFAULT '';
ALTER TABLE reference ADD COLUMN is_backwards INTEGER NOT NULL DEFAULT 0;
UPDATE reference SET
    source = json_extract(payload, '$[1]'), sm_id = json_extract(payload, '$[2]'),
    is_backwards = json_extract(payload, '$[3]'), payload = json_extract(payload, '$[0]')
WHERE kind = 'reactions' AND json_valid(payload) AND json_type(payload, '$[0]') = 'array'
    AND json_extract(payload, '$[1]') IN ('live', 'archive', 'past')
    AND json_type(payload, '$[2]') = 'text' AND json_type(payload, '$[3]') IN ('true', 'false');

-- Messages that have another text than they came with: when it was said, or that it was erased.
CREATE TABLE rewritten (
    message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    time INTEGER NOT NULL,
    source TEXT NOT NULL,
    sm_id TEXT NOT NULL,
    is_erased INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX rewritten_of_profile ON rewritten (profile);

-- Further ids of a message: those of what gave it another text. `archive` has given the id, or where
-- it is empty the author; then `payload` is what was said, as in message.
CREATE TABLE alias (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    archive TEXT NOT NULL,
    name TEXT NOT NULL,
    payload INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    PRIMARY KEY (conversation, archive, name, payload)
) WITHOUT ROWID;
CREATE INDEX alias_of_message ON alias (message);
CREATE INDEX alias_of_profile ON alias (profile);
