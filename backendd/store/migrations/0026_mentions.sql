-- Messages that speak to the user, by `names` that stand in their text (a JSON list). `is_unread` is
-- kept in step with the message, so that those which are can be counted whatever else is unread.
CREATE TABLE mention (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    message INTEGER NOT NULL PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    names TEXT NOT NULL,
    is_unread INTEGER NOT NULL
);
CREATE INDEX mention_of_profile ON mention (profile);
CREATE INDEX mention_of_conversation ON mention (conversation);
CREATE INDEX mention_unread ON mention (conversation) WHERE is_unread = 1;
CREATE TRIGGER mention_state AFTER UPDATE OF state ON message
    WHEN NEW.direction = 'in' AND NEW.state <> OLD.state
BEGIN
    UPDATE mention SET is_unread = (NEW.state = 'unread') WHERE message = NEW.id;
END;
