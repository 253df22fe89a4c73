"""Connecting to a real server: what works, and what each failure says."""

import asyncio
import dataclasses
import socket
import time

import pytest

from backendd.api.errors import AuthenticationFailed, CertificateError, HostUnreachable
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account, message
from tests.lab.authority import Authority
from tests.lab.prosody import HOST, Prosody, free_ports


async def test_connecting_ends_online_with_the_resource_asked_for(prosody: Prosody, opened: Opener):
    owner = Owner()
    stream = opened(account(prosody, "alice"), owner)
    await stream.connect()
    assert stream.state == State.ONLINE
    assert stream.full_jid == "alice@x.localhost/test"
    assert owner.states == [State.CONNECTING, State.ONLINE]
    assert owner.scram
    await owner.until(lambda: owner.sessions == [False])
    assert owner.resumption is not None
    assert owner.resumption.sm_id == stream.sm_id


async def test_tls_may_begin_with_the_first_byte(prosody: Prosody, opened: Opener):
    who = dataclasses.replace(
        account(prosody, "alice", port=prosody.direct_tls_port), direct_tls=True
    )
    stream = opened(who, Owner())
    await stream.connect()
    assert stream.state == State.ONLINE


async def test_two_accounts_talk(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    here = opened(account(prosody, "alice"), alice)
    there = opened(account(prosody, "bob"), bob)
    await here.connect()
    await there.connect()
    await bob.until(lambda: bob.sessions == [False])
    here.send(message(there.full_jid, "hello <&> \u200d🍺"))
    await bob.until(lambda: bob.bodies == ["hello <&> \u200d🍺"])
