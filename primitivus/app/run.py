"""One run in a real terminal: settings, log, signals, and how it ends."""

import asyncio
import importlib
import logging
import signal
import sys
from typing import Any

from backendd.api import garbage
from backendd.api.failures import LinkError
from backendd.api.settings import Problem
from backendd.api.signals import handle, heeded
from primitivus import sentences
from primitivus.app.log import keep_log, log_path
from primitivus.client.door import Ending
from primitivus.client.engine import Engine
from primitivus.client.unkept import leave_typed
from primitivus.config import Settings, load_settings
from primitivus.model.place import NOWHERE, Place
from primitivus.sentences import tr

log = logging.getLogger(__name__)

# While modules are loaded in a thread, the answers of the bus are not kept waiting longer.
SWITCH_S = 0.001


async def run(
    profile: str, terminal_settings: list[Any] | None = None, *, address: str = ""
) -> int:
    """Show the program until it is left; return the exit code, having said why on stderr.

    `address` is opened once that can be. `terminal_settings` are those that the terminal is left
    with, by default what it has.
    """
    keep_log()
    settings, problems = load_settings()
    problems += sentences.problems()
    engine = Engine(
        wanted=profile, asks_always=settings.ask_password == "always", last=_last_place(settings)
    )
    # What is told first may show something, by what they say.
    engine.state.use_settings(settings)
    # The backend prepares its answers while the widgets are being loaded.
    engine.begin()
    try:
        code = await _show(engine, settings, problems, terminal_settings, address)
    except (LinkError, Ending) as error:
        code = _say(str(error), error.exit_code)
        await leave_typed(engine.state)
    except Exception:
        log.exception("the program failed")
        code = _say(tr("something failed inside primitivus; {path} tells more", path=log_path()), 1)
        await leave_typed(engine.state)
    for path in engine.state.left.files():
        _say(tr("what you wrote is in {path}", path=path), code)
    return code


async def _show(
    engine: Engine,
    settings: Settings,
    problems: list[Problem],
    terminal_settings: list[Any] | None,
    address: str,
) -> int:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    await asyncio.to_thread(importlib.import_module, "primitivus.app.program")
    sys.setswitchinterval(usual)
    from primitivus.app.program import App
    from primitivus.widgets.tty import Tty

    terminal = Tty(settings=terminal_settings)
    app = App(
        *(engine, settings, terminal), problems=problems, address=address, on_given_back=_end_soon
    )

    def interrupted() -> None:
        # C-c in an editor is for the editor.
        if not terminal.is_lent:
            app.quit()

    for number in (signal.SIGTERM, *heeded(signal.SIGHUP)):
        handle(number, app.quit)
    for number in heeded(signal.SIGINT):
        handle(number, interrupted)
    asyncio.get_running_loop().call_later(garbage.STARTED_S, garbage.collect_again)
    return await app.run()


def _last_place(settings: Settings) -> Place:
    """Return where one was when one left, if one is to be there again."""
    if settings.start != "last":
        return NOWHERE
    from primitivus.app import last_place  # late: few want it

    return last_place.read()


def _end_soon() -> None:
    from primitivus.app.leaving import end_soon  # late: nothing of it is needed before

    end_soon()


def _say(text: str, code: int) -> int:
    sys.stderr.write(f"primitivus: {text}\n")
    return code
