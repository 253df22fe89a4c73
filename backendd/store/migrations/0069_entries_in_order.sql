-- What is searched in all feeds comes in this order. Without looking at the entries themselves: they
-- are long, and what orders them lies behind what they say.
CREATE INDEX entry_in_order ON entry (profile, place, id);
