"""The backend is started anew with other data than it had, below a running terminal."""

import pytest

from backendd.api import names
from tests.lab.backend import Backend


@pytest.fixture
async def other(bus, scratch):
    """Another backend on the same bus, which keeps its data elsewhere."""
    other = Backend(scratch, bus.address)
    other.env["XDG_DATA_HOME"] = str(scratch.root / "elsewhere")
    yield other
    await other.stop()


async def test_a_profile_that_another_backend_lacks_is_back_once_the_first_one_is(
    server, user, backend, other, tui
):
    alice = await user(server, "alice")
    await alice.call(names.MESSAGES, "Open", "s", server.jid("bob"))
    terminal = await tui()
    await terminal.wait_for("bob")
    terminal.press("esc", "i")
    terminal.write("half a sentence")
    await terminal.wait_for("> half a sentence")
    await backend.stop()
    await terminal.wait_for("No backend since")
    await other.start()
    await terminal.wait_for('The backend that runs now has no profile "alice"')
    await terminal.wait_for("Once a backend runs with the data of before")
    assert "removed" not in terminal.text
    assert "Welcome" not in terminal.text
    await other.stop()
    await terminal.wait_for("No backend since")
    await backend.start()
    await terminal.wait_gone("No backend since|The backend that runs now")
    terminal.submit(", and the rest")
    await terminal.wait_for("me +half a sentence, and the rest")


async def test_a_terminal_for_one_profile_ends_with_what_the_other_backend_lacks(
    server, user, backend, other, tui
):
    await user(server, "alice")
    terminal = await tui("-p", "alice", columns=300)
    await terminal.wait_for("NORMAL|INSERT")
    await backend.stop()
    await terminal.wait_for("No backend since")
    await other.start()
    assert await terminal.wait_exit() == 1
    said = 'primitivus: the backend that runs now has no profile "alice"; its data is in '
    assert f"{said}{other.database.parent}" in terminal.text
