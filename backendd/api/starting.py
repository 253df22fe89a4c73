"""Starting the backend: by D-Bus activation where that is set up, else by its own command."""

import asyncio
import logging
import sys
from typing import Any

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError, NotConfigured, NotRunning
from backendd.api.link import Link
from backendd.api.names import BUS_NAME
from backendd.api.processes import DEVNULL, PIPE, running

log = logging.getLogger(__name__)

_DRIVER = "org.freedesktop.DBus"
_DRIVER_PATH = "/org/freedesktop/DBus"
# A unit that fails makes some buses keep the caller waiting for as long as he likes.
ACTIVATION_S = 8.0
COMMAND_S = 20.0


async def start_backend(link: Link) -> None:
    """Return when the backend owns its name; raises NotRunning with the reason."""
    if await _is_activatable(link) and await _activate(link):
        return
    await _run_command()


async def _is_activatable(link: Link) -> bool:
    names = await _ask_bus(link, "ListActivatableNames")
    return BUS_NAME in names[0]


async def _activate(link: Link) -> bool:
    try:
        await _ask_bus(link, "StartServiceByName", "su", (BUS_NAME, 0))
    except (BackendError, LinkError) as error:
        log.warning("the bus can't start the backend: %s", error)
        return False
    return True


async def _ask_bus(
    link: Link, member: str, signature: str = "", args: tuple[Any, ...] = ()
) -> list[Any]:
    return await link.call(
        _DRIVER, _DRIVER_PATH, _DRIVER, member, signature, args, timeout=ACTIVATION_S
    )


async def _run_command() -> None:
    """Run `backendd`, which takes itself to the background, and returns when it is ready."""
    words = (sys.executable, "-m", "backendd")
    try:
        async with (
            asyncio.timeout(COMMAND_S),
            running(*words, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE) as program,
        ):
            assert program.stderr is not None
            said = await program.stderr.read_all()
            code = await program.wait()
    except TimeoutError:
        raise NotRunning(f"backendd was not ready within {COMMAND_S:g} seconds") from None
    if code:
        why = said.decode(errors="replace").strip() or f"exit code {code}"
        kind = NotConfigured if code == NotConfigured.exit_code else NotRunning
        raise kind(f"backendd does not start: {why}")
