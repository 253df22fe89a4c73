"""The names of XML that a stream itself speaks, in Clark notation."""

CLIENT = "jabber:client"
STREAM_NS = "http://etherx.jabber.org/streams"
STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams"
STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas"
TLS_NS = "urn:ietf:params:xml:ns:xmpp-tls"
SASL_NS = "urn:ietf:params:xml:ns:xmpp-sasl"
SASL_CB_NS = "urn:xmpp:sasl-cb:0"
BIND_NS = "urn:ietf:params:xml:ns:xmpp-bind"
SESSION_NS = "urn:ietf:params:xml:ns:xmpp-session"
SM_NS = "urn:xmpp:sm:3"
LIMITS_NS = "urn:xmpp:stream-limits:0"
PING_NS = "urn:xmpp:ping"
TIME_NS = "urn:xmpp:time"
VERSION_NS = "jabber:iq:version"

MESSAGE = f"{{{CLIENT}}}message"
PRESENCE = f"{{{CLIENT}}}presence"
IQ = f"{{{CLIENT}}}iq"
STANZAS = frozenset({MESSAGE, PRESENCE, IQ})
ERROR = f"{{{CLIENT}}}error"

FEATURES = f"{{{STREAM_NS}}}features"
STREAM_ERROR = f"{{{STREAM_NS}}}error"
STARTTLS = f"{{{TLS_NS}}}starttls"
PROCEED = f"{{{TLS_NS}}}proceed"
TLS_FAILURE = f"{{{TLS_NS}}}failure"
CHANNEL_BINDINGS = f"{{{SASL_CB_NS}}}sasl-channel-binding"
MECHANISMS = f"{{{SASL_NS}}}mechanisms"
BIND = f"{{{BIND_NS}}}bind"
SESSION = f"{{{SESSION_NS}}}session"
SM = f"{{{SM_NS}}}sm"
ENABLED = f"{{{SM_NS}}}enabled"
RESUMED = f"{{{SM_NS}}}resumed"
SM_FAILED = f"{{{SM_NS}}}failed"
ACK = f"{{{SM_NS}}}a"
ACK_REQUEST = f"{{{SM_NS}}}r"
LIMITS = f"{{{LIMITS_NS}}}limits"


def sasl(name: str) -> str:
    """Return the tag of the SASL element `name`."""
    return f"{{{SASL_NS}}}{name}"


def split(tag: str) -> tuple[str, str]:
    """Return namespace and local name of a tag in Clark notation."""
    if not tag.startswith("{"):
        return "", tag
    namespace, _, name = tag[1:].partition("}")
    return namespace, name
