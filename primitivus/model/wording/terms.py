"""Words of the bus that say how something stands, as people read them."""

from primitivus.sentences import tr

_TERMS = {
    # how available somebody is
    "online": tr("online"),
    "chat": tr("chat"),
    "away": tr("away"),
    "xa": tr("xa"),
    "dnd": tr("dnd"),
    "offline": tr("offline"),
    # how it stands with a profile, or a room
    "locked": tr("locked"),
    "connecting": tr("connecting"),
    "waiting": tr("waiting"),
    "joining": tr("joining"),
    # how far a message is
    "pending": tr("pending"),
    "sent": tr("sent"),
    "delivered": tr("delivered"),
    "displayed": tr("displayed"),
    "unread": tr("unread"),
    "read": tr("read"),
    # how far a file is
    "offered": tr("offered"),
    "queued": tr("queued"),
    "running": tr("running"),
    "paused": tr("paused"),
    "failed": tr("failed"),
    "cancelled": tr("cancelled"),
    "done": tr("done"),
    # what somebody is in a room, and may do there
    "owner": tr("owner"),
    "admin": tr("admin"),
    "member": tr("member"),
    "outcast": tr("outcast"),
    "moderator": tr("moderator"),
    "participant": tr("participant"),
    "visitor": tr("visitor"),
    "none": tr("none"),
}


def term(word: str) -> str:
    """Return what people read for a word of the bus; one that is not known as it is."""
    return _TERMS.get(word, word)
