"""What a stream needs from its owner: the account, what to resume, and who listens."""

from typing import Protocol
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError
from backendd.api.values import Value, field
from backendd.core import jid
from backendd.xmpp.states import State


class ServerAddress(Value):
    """What connecting to a server needs.

    Without `host` it is found by SRV; with it, `direct_tls` decides how to secure the connection.
    `ca_file` replaces the system's authorities.
    """

    domain: str
    host: str = ""
    port: int = 0
    direct_tls: bool = False
    ca_file: str = ""


class Account(Value):
    """What logging in needs: also all of a `ServerAddress`.

    `scram_seen` says that this server
    has taken a login by SCRAM before, so that one which lost it doesn't get the password, unless
    its owner says `allow_plain`. `password_worked`: it was taken before, so a refusal may pass.
    """

    jid: str
    password: str = field(repr=False)
    resource: str = ""
    host: str = ""
    port: int = 0
    direct_tls: bool = False
    ca_file: str = ""
    scram_seen: bool = False
    allow_plain: bool = False
    password_worked: bool = False

    @property
    def server(self) -> ServerAddress:
        """Where to log in."""
        return ServerAddress(
            jid.received(self.jid).domain, self.host, self.port, self.direct_tls, self.ca_file
        )


class Resumption(Value):
    """What another process needs to resume a stream (XEP-0198).

    `handled` is the number of the last stanza whose batch was committed, `acked` the server's
    last word on ours. The server keeps the stream until `expires_us` at least; later it is
    worth a try. `location` is where the server wants to be resumed.
    """

    sm_id: str
    full_jid: str
    handled: int = 0
    acked: int = 0
    expires_us: int = 0
    location: str = ""


class Batch(Value):
    """Stanzas to store in one transaction, together with the number `handled`.

    Messages, presences and those iqs that are settled with them, in order; other iqs are routed
    elsewhere, but counted. So a batch may be empty and still has a number to store. `lost` are
    shells of stanzas that were too large to be kept: their attributes, if those weren't the large
    part. An answer settles a row all the same, so its shell is among the others.
    """

    stanzas: tuple[Element, ...]
    handled: int
    sm_id: str
    lost: tuple[Element, ...] = ()


class StreamClosed(Value):
    """The other side closed a stream, perhaps over what of ours it had not acknowledged.

    `is_lone` says that this was one stanza. Where it `is_kept` it is written again by itself when
    the stream is resumed; else that is left to the owner.
    """

    sm_id: str
    is_lone: bool
    is_kept: bool


class Listener(Protocol):
    """The owner of a stream: what it is told, and what it commits."""

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        """Take note of a new state; `next_attempt_us` is 0 but while waiting."""

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        """Store what to resume from now on; None where this server can't resume.

        Comes before `stream_started`. All numbers of earlier streams are void.
        """

    async def stream_started(self, *, resumed: bool) -> None:
        """Do what is due on the stream; a task of its own, stanzas flow meanwhile."""

    async def received(self, batch: Batch) -> None:
        """Commit the batch and its number; raising drops the connection.

        It must not await `Stream.request`: answers wait for the batches before them.
        """

    async def acknowledged(self, sm_id: str, h: int) -> None:
        """Take note that the server has our stanzas of that stream up to number `h`."""

    async def refused(self, refusal: StreamClosed) -> None:
        """Take note that something in flight may have made the server close the stream.

        Comes before the next connection, with all that was acknowledged told.
        """

    def logged_in(self, *, by_scram: bool) -> None:
        """Remember for `Account.scram_seen` and `Account.password_worked`."""
