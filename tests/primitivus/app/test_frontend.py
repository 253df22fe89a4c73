"""What the backend is told of who looks at what."""

from primitivus.app import away
from tests.primitivus.fake import BOB, MIA, FakeBackend


async def told(pilot, fake, *, idle, peers):
    """Return once the backend was told this."""

    def is_told():
        (*_, last) = fake.frontends or [{}]
        shown = [peer for _, peer in last.get("focus", ())]
        return (last.get("idle"), shown) == (idle, peers)

    await pilot.until(is_told)


async def test_what_is_looked_at_is_told_whenever_that_is_another(pilot, fake, account):
    await told(pilot, fake, idle=False, peers=[BOB])
    path = account.path
    assert fake.frontends[-1] == {"name": "primitivus", "idle": False, "focus": [(path, BOB)]}
    await pilot.command("chat mia")
    await told(pilot, fake, idle=False, peers=[MIA])
    await pilot.command("help")
    await told(pilot, fake, idle=False, peers=[])
    number = len(fake.frontends)
    await pilot.press("Esc")
    await told(pilot, fake, idle=False, peers=[MIA])
    await pilot.type("typing says nothing new")
    assert len(fake.frontends) == number + 1


async def test_nobody_is_there_while_the_terminal_has_not_the_focus(pilot, fake):
    pilot.terminal.on_keys(["focus out"])
    await told(pilot, fake, idle=True, peers=[])
    pilot.terminal.on_keys(["focus in"])
    await told(pilot, fake, idle=False, peers=[BOB])


async def test_who_presses_no_key_for_long_has_left(account, fake, fly, monkeypatch):
    monkeypatch.setattr(away, "_MINUTE_S", 0.05)
    pilot = await fly(away_minutes=1).start(until="have you seen this?")
    await told(pilot, fake, idle=True, peers=[])
    account.message(BOB, "are you there?")
    await pilot.see("are you there?")
    assert pilot.terminal.rung == 1
    assert not [call for call in account.calls if call[0] == "MarkRead"]
    monkeypatch.setattr(away, "_MINUTE_S", 3600.0)
    await pilot.press("x")
    await pilot.until(lambda: any(call[0] == "MarkRead" for call in account.calls))


async def test_who_never_leaves_is_there_without_a_key(account, fake, fly, monkeypatch):
    monkeypatch.setattr(away, "_MINUTE_S", 0.0)
    pilot = await fly(away_minutes=0).start(until="have you seen this?")
    await told(pilot, fake, idle=False, peers=[BOB])
    assert not pilot.state.view.is_away


async def test_another_backend_is_told_as_well(pilot, fake, account, bus):
    await told(pilot, fake, idle=False, peers=[BOB])
    await fake.stop()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    again.profile = account
    await again.start()
    await told(pilot, again, idle=False, peers=[BOB])
    await pilot.end()
    await again.stop()
