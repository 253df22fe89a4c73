"""The namespaces of Jingle file transfer, and what is announced of it."""

JINGLE = "urn:xmpp:jingle:1"
ERRORS = "urn:xmpp:jingle:errors:1"
FILES = "urn:xmpp:jingle:apps:file-transfer:5"
FILE_ERRORS = "urn:xmpp:jingle:apps:file-transfer:errors:0"
SOCKS5 = "urn:xmpp:jingle:transports:s5b:1"
IN_BAND = "urn:xmpp:jingle:transports:ibb:1"
BYTESTREAMS = "http://jabber.org/protocol/bytestreams"
BLOCKS = "http://jabber.org/protocol/ibb"
HASHES = "urn:xmpp:hashes:2"

FEATURES = (JINGLE, FILES, SOCKS5, IN_BAND, BLOCKS)
"""What a client announces that takes part in it (XEP-0030)."""

TAG = f"{{{JINGLE}}}jingle"
OPEN = f"{{{BLOCKS}}}open"
DATA = f"{{{BLOCKS}}}data"
CLOSE = f"{{{BLOCKS}}}close"
