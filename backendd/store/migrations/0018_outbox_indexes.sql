-- Each index costs every message a page to write: what is sent and acknowledged shall be in few.
DROP INDEX outbox_by_stream;
CREATE INDEX outbox_in_flight ON outbox (profile, sm_id, number) WHERE state = 'flight';
DROP INDEX outbox_by_stanza;
CREATE INDEX outbox_by_stanza ON outbox (profile, stanza_id) WHERE settles <> 'ack';
