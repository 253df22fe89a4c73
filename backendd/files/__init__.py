"""Files on the disk and on the web, as they are sent and received; nothing of XMPP."""
