"""An encrypted stream on which nobody has logged in, as registering an account needs it."""

import pytest

from backendd.api.errors import CertificateError, ServerError
from backendd.xmpp.account import ServerAddress
from backendd.xmpp.names import MECHANISMS
from backendd.xmpp.securing import secured
from tests.lab.prosody import DOMAIN, HOST, Prosody


def address(server: Prosody, **more: str) -> ServerAddress:
    return ServerAddress(DOMAIN, HOST, server.port, ca_file=str(server.ca_file))


async def test_what_the_server_offers_is_seen_without_an_account(prosody: Prosody):
    done = []

    async def then(shake):
        done.append(shake.features.find(MECHANISMS) is not None)

    shake = await secured(address(prosody), 10, then)
    assert done == [True]
    assert shake.wire.transport is not None
    shake.wire.abort()
    await shake.wire.wait_closed()


async def test_a_certificate_that_nobody_here_trusts_ends_it(prosody: Prosody):
    async def never(shake):
        raise AssertionError

    with pytest.raises(CertificateError):
        await secured(ServerAddress(DOMAIN, HOST, prosody.port), 10, never)


async def test_what_is_refused_on_the_stream_closes_it(prosody: Prosody):
    shakes = []

    async def refused(shake):
        shakes.append(shake)
        raise ServerError("no")

    with pytest.raises(ServerError, match="no"):
        await secured(address(prosody), 10, refused)
    await shakes[0].wire.wait_closed()
