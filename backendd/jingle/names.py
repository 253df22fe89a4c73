"""The namespaces of Jingle file transfer, and what is announced of it."""

from backendd.files import hashing

JINGLE = "urn:xmpp:jingle:1"
ERRORS = "urn:xmpp:jingle:errors:1"
FILES = "urn:xmpp:jingle:apps:file-transfer:5"
FILE_ERRORS = "urn:xmpp:jingle:apps:file-transfer:errors:0"
SOCKS5 = "urn:xmpp:jingle:transports:s5b:1"
IN_BAND = "urn:xmpp:jingle:transports:ibb:1"
OURS = "urn:primitivus:jingle:files:0"
BYTESTREAMS = "http://jabber.org/protocol/bytestreams"
BLOCKS = "http://jabber.org/protocol/ibb"
HASHES = "urn:xmpp:hashes:2"

# Some tell of a file the first of these hashes that they know, and none to who says nothing.
_FUNCTIONS = (f"urn:xmpp:hash-function-text-names:{name}" for name in hashing.SUPPORTED)

FEATURES = (JINGLE, FILES, SOCKS5, IN_BAND, BLOCKS, HASHES, *_FUNCTIONS)
"""What a client announces that takes part in it (XEP-0030)."""

TAG = f"{{{JINGLE}}}jingle"
OPEN = f"{{{BLOCKS}}}open"
DATA = f"{{{BLOCKS}}}data"
CLOSE = f"{{{BLOCKS}}}close"
