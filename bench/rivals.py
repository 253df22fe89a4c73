"""The rivals: found where they are installed, configured, and started in a terminal."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from bench.stage import Stage, run
from bench.terminal import Recorder

PROFANITY_ONLINE = r"logged in successfully"
POEZIO_ONLINE = r"Authentication success"

# It refuses root, who has nobody else to be in many a container.
_AS_ROOT = "import os; os.geteuid = lambda: 1; from poezio.__main__ import run; run()"


def profanity_version() -> str:
    """Return its version, empty where it isn't installed."""
    return _version(("profanity", "--version"))


def poezio_version() -> str:
    """Return its version, empty where it isn't installed."""
    found = _poezio_python()
    if found is None:
        return ""
    code = "import importlib.metadata as m; print('Version', m.version('poezio'))"
    return _version((str(found), "-c", code))


async def profanity(stage: Stage, account: str = "prof") -> Recorder:
    """Return profanity, just started; it logs in by itself."""
    scratch = stage.scratch()
    folder = scratch.home / ".local/share/profanity"
    folder.mkdir(parents=True)
    (folder / "accounts").write_text(
        f"[{account}]\nenabled=true\njid={stage.server.jid(account)}\nresource=bench\n"
        f"password={stage.server.password(account)}\nserver=127.0.0.1\n"
        f"port={stage.server.port}\ntls.policy=trust\n"
    )
    return await run(("profanity", "-a", account), scratch.env, scratch)


async def poezio(stage: Stage, account: str = "poez") -> Recorder:
    """Return poezio, just started; it logs in by itself."""
    scratch = stage.scratch()
    folder = scratch.home / ".config/poezio"
    folder.mkdir(parents=True)
    (folder / "poezio.cfg").write_text(
        f"[Poezio]\njid = {stage.server.jid(account)}\n"
        f"password = {stage.server.password(account)}\ncustom_host = 127.0.0.1\n"
        f"custom_port = {stage.server.direct_tls_port}\nca_cert_path = {stage.server.ca_file}\n"
    )
    python = _poezio_python()
    assert python is not None
    code = _AS_ROOT if os.geteuid() == 0 else "from poezio.__main__ import run; run()"
    return await run((str(python), "-c", code), scratch.env, scratch)


async def poezio_command(terminal: Recorder, line: str) -> None:
    """Run a command in poezio, which takes what comes at once for pasted text."""
    for text in (line[0], line[1:], "\r"):
        terminal.write(text)
        await terminal.settle()


def _poezio_python() -> Path | None:
    command = shutil.which("poezio")
    python = Path(command).resolve().with_name("python") if command else None
    return python if python and python.exists() else None


def _version(command: tuple[str, ...]) -> str:
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    found = re.search(r"[Vv]ersion ([\w.]+\w)", done.stdout)
    return found.group(1) if found else ""
