-- Files go out with entries of blogs as well, and come by them.
ALTER TABLE transfer ADD COLUMN entry INTEGER REFERENCES entry ON DELETE SET NULL;
CREATE INDEX transfer_of_entry ON transfer (entry) WHERE entry IS NOT NULL;
