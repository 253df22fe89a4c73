-- Several files that were asked for at once have the same token.
DROP INDEX transfer_token;
CREATE INDEX transfer_token ON transfer (profile, token) WHERE token <> '';
