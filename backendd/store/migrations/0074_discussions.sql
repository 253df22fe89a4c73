-- What is known of what is said to the user: on a post of theirs, or below one of others, in answer to
-- a comment of theirs. What is said on it `since` then is news (microseconds since the epoch; no row:
-- since it came here). `notify`: none where nothing of it is worth a notice. `likes_read`: who likes it
-- was read once, so that whoever does as well is news; the last of them is `liker`, `liked` when that
-- was learned.
CREATE TABLE discussion (
    entry INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    since INTEGER,
    notify TEXT NOT NULL DEFAULT 'all',
    likes_read INTEGER NOT NULL DEFAULT 0,
    liker TEXT NOT NULL DEFAULT '',
    liked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX discussion_of_profile ON discussion (profile);

-- Of what is unread of a feed the first and the last are asked for as well.
DROP INDEX entry_unread;
CREATE INDEX entry_unread ON entry (feed, place, id) WHERE unread = 1;
CREATE INDEX entry_unread_as_it_came ON entry (feed, received, place, id) WHERE unread = 1;

-- What is subscribed to because of something of our own isn't given up for what others wrote.
ALTER TABLE heard ADD COLUMN ours INTEGER NOT NULL DEFAULT 0;
