-- Who has a nick in a room now, and who wrote a message there: the bare JID, where the room tells it.
ALTER TABLE stay ADD COLUMN jid TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN real_jid TEXT NOT NULL DEFAULT '';
