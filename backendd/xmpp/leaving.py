"""The end of a connection that is wanted no longer, and what the server has of it then."""

import asyncio
from xml.etree.ElementTree import Element

from backendd.xmpp.account import Resumption
from backendd.xmpp.faults import HungUp
from backendd.xmpp.held import Held

CLOSE_S = 2.0


async def leave(held: Held, *, resumable: bool) -> Resumption | None:
    """Close what is held, and return what of it the next one has to know.

    A `resumable` binding stays with the server, for the next process. Of one that the server didn't
    hear the end of that is its resource: bound again, it is none beside the next.
    """
    was_heard = await _close(held, resumable)
    if resumable:
        held.rest()
        return held.resumption or held.bound
    if was_heard:
        held.end()
        return None
    return held.void()


async def _close(held: Held, resumable: bool) -> bool:
    """Close the connection; return whether the server has closed it as well."""
    binding = held.current
    wire = binding.wire if binding else None
    if binding is None or wire is None or wire.closed.done():
        return False
    # What comes from now on wouldn't be acknowledged: the server keeps it for later.
    wire.deliver = _ignore
    binding.tell()
    if not resumable:
        binding.resumable = False
        wire.write(wire.stream_footer.encode())
    elif wire.transport is not None:
        wire.transport.close()
    done, _ = await asyncio.wait([wire.closed], timeout=CLOSE_S)
    wire.abort()
    await wire.wait_closed()
    return bool(done) and isinstance(wire.reason, HungUp)


def _ignore(element: Element, cut: bool) -> None:
    """Take what comes while the stream closes."""
