"""What features ask of the stream, whichever there is."""

import pytest

from backendd.api.errors import NotConnected
from backendd.core import xml
from backendd.session.uplink import Uplink


async def answer(iq):
    return None


def test_a_second_handler_for_the_same_iqs_is_an_error():
    uplink = Uplink("work")
    uplink.on_request("set", "{urn:x}query", answer)
    uplink.on_request("get", "{urn:x}query", answer)
    with pytest.raises(ValueError, match="have a handler"):
        uplink.on_request("set", "{urn:x}query", answer)


def test_without_a_stream_nothing_is_sent():
    with pytest.raises(NotConnected, match='"work" is not online'):
        Uplink("work").send(xml.element(xml.CLIENT, "presence"))
