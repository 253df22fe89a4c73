"""The backend: a daemon that keeps XMPP accounts connected and serves them on D-Bus."""
