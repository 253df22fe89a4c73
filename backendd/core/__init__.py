"""The pure middle of the daemon: no slixmpp, SQL or D-Bus."""
