-- What somebody who asks to see our presence says to be called (XEP-0172).
ALTER TABLE request ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
