-- What was written here and is not published is few of many.
CREATE INDEX entry_unpublished ON entry (profile, place, id) WHERE state <> 'published';
