-- Which message another one answers: the one of this `name`, which is `target` once it is here.
-- Until then `quote` is what the author of the answer says of it.
CREATE TABLE reply (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    message INTEGER NOT NULL PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    target INTEGER REFERENCES message ON DELETE SET NULL,
    name TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX reply_of_profile ON reply (profile);
CREATE INDEX reply_by_target ON reply (target) WHERE target IS NOT NULL;
