-- What is unread of the timeline comes in its order, without going through what was read.
CREATE INDEX entry_unread_in_order ON entry (profile, place, id) WHERE listed = 1 AND unread = 1;
