"""The end of the program, which comes whatever is still going on."""

import asyncio
import logging
import os
import sys
import threading

from primitivus.app.log import log_path
from primitivus.sentences import tr

log = logging.getLogger(__name__)

# All that is left when the terminal has been given back ends by itself in far less.
LEAVE_S = 2.0
_TELL_S = 0.5
_EXIT_FAILED = 1


def end_soon() -> None:
    """End this process within a moment, also where something does not end by itself.

    The log then tells what that was. The terminal has to be given back before.
    """
    loop = asyncio.get_running_loop()
    watch = threading.Timer(LEAVE_S, _end, [loop])
    watch.daemon = True
    watch.start()


def _end(loop: asyncio.AbstractEventLoop) -> None:
    # The log is on a disk, which may be what hangs.
    telling = threading.Thread(target=_tell, args=[loop], daemon=True)
    telling.start()
    telling.join(_TELL_S)
    os._exit(_EXIT_FAILED)


def _tell(loop: asyncio.AbstractEventLoop) -> None:
    sys.stderr.write(
        f"primitivus: {tr('something did not end; {path} tells more', path=log_path())}\n"
    )
    sys.stderr.flush()
    for task in asyncio.all_tasks(loop):
        (frame, *_) = task.get_stack(limit=1) or (None,)
        where = f" at {frame.f_code.co_filename}:{frame.f_lineno}" if frame else ""
        log.error("the end was waiting for the task %s%s", task.get_name(), where)
