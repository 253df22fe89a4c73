"""Out: what waits in the outbox reaches the server, exactly once where it can tell."""
