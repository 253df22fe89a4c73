"""Where a transfer may go."""

import pytest

from backendd.api.errors import HostUnreachable, NotAllowed
from backendd.files import links
from backendd.files.policy import ASKED, UNASKED, UPLOAD, hop

LOOPBACK = ["127.0.0.1", "0.0.0.0", "[::1]", "[::ffff:7f00:1]", "localhost"]


async def may(url, reach):
    return await hop(links.parse(url), reach)


@pytest.mark.parametrize("host", LOOPBACK)
async def test_what_nobody_asked_for_never_comes_from_the_own_network(host):
    with pytest.raises(NotAllowed, match="your own network"):
        await may(f"https://{host}/x", UNASKED)


@pytest.mark.parametrize("host", LOOPBACK)
async def test_what_was_asked_for_may_and_it_is_said(host):
    found = await may(f"https://{host}/x", ASKED)
    assert not found.is_public
    assert [remark for remark in found.remarks if "in your own network" in remark]


async def test_what_nobody_asked_for_never_comes_without_encryption():
    with pytest.raises(NotAllowed, match="plain http"):
        await may("http://8.8.8.8/x", UNASKED)
    assert (await may("https://8.8.8.8/x", UNASKED)).remarks == ()


async def test_what_was_asked_for_may_come_without_encryption_and_it_is_said():
    assert "no encryption" in (await may("http://8.8.8.8/x", ASKED)).remarks[0]


async def test_an_upload_goes_without_encryption_only_to_the_own_network():
    assert await may("http://127.0.0.1/x", UPLOAD)
    assert await may("https://8.8.8.8/x", UPLOAD)
    with pytest.raises(NotAllowed, match="nothing is sent there"):
        await may("http://8.8.8.8/x", UPLOAD)


async def test_from_a_public_server_no_way_leads_into_the_own_network():
    public = await may("http://8.8.8.8/x", ASKED)
    with pytest.raises(NotAllowed, match=r"8\.8\.8\.8 refers to 10\.0\.0\.1.*your own network"):
        await hop(links.parse("http://10.0.0.1/"), public.narrowed(ASKED), referred_by="8.8.8.8")
    private = await may("http://10.0.0.1/x", ASKED)
    assert await may("http://10.0.0.2/", private.narrowed(ASKED))


async def test_from_an_encrypted_server_no_way_leads_to_one_without():
    secure = await may("https://8.8.8.8/x", ASKED)
    with pytest.raises(NotAllowed, match="plain http"):
        await may("http://8.8.4.4/x", secure.narrowed(ASKED))


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..example"])
async def test_a_name_without_an_address_is_said_to_have_none(host):
    with pytest.raises(HostUnreachable, match="no address is known"):
        await may(f"https://{host}/", ASKED)
