"""Those who want to read a blog whose owner lets them in one by one (XEP-0060 8.6)."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.entries import Feed


class Asked(NamedTuple):
    """Somebody, by a bare JID, wants to read a blog of ours; the rest is how the request came."""

    feed: Feed
    jid: str
    subid: str = ""
    stanza_id: str = ""


class ReaderRequestsChanged(NamedTuple):
    """Requests came or are different; `gone` ones are answered, or void."""

    requests: Sequence[records.ReaderRequest]
    gone: Sequence[str]


class ReaderLetIn(Value):
    """Somebody was let in to read a blog of ours: what belongs to it is for them as well."""

    feed: Feed
