"""XMPP: the stream of one profile, and nothing of what travels on it."""
