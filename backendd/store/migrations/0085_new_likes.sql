-- Who has come to like an entry of the user that they have not seen since, and when that was learned
-- (microseconds since the epoch). `person` is a bare JID; `heart` is the comment that says it, and
-- null where it is attached (XEP-0470). Who says it in both ways is there twice.
CREATE TABLE new_like (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    person TEXT NOT NULL,
    heart INTEGER REFERENCES entry ON DELETE CASCADE,
    came INTEGER NOT NULL
);
CREATE UNIQUE INDEX new_like_once ON new_like (entry, person, ifnull(heart, 0));
CREATE INDEX new_like_of_profile ON new_like (profile, entry);
CREATE INDEX new_like_heart ON new_like (heart) WHERE heart IS NOT NULL;
