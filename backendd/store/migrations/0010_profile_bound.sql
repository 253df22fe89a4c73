-- The bare address that the server gives this login, empty before the first one: the history of a
-- profile is that of this address.
ALTER TABLE profile ADD COLUMN bound TEXT NOT NULL DEFAULT '';
UPDATE profile SET bound = jid WHERE EXISTS (SELECT 1 FROM archive WHERE profile = profile.id)
    OR EXISTS (SELECT 1 FROM conversation WHERE profile = profile.id);
