"""A systemd user manager of one test: start it, run things as its user, end it without a trace."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

_HERE = Path(__file__).parent
_CHECKOUT = _HERE.parents[2]
_COMMANDS = ("unshare", "nsenter", "setpriv", "busctl", "journalctl", "systemctl", "dbus-daemon")
_FILES = {
    "/lib/systemd/systemd": "systemd",
    "/lib/systemd/systemd-journald": "systemd",
    "/usr/lib/systemd/user/dbus.socket": "dbus-user-session",
}
_LIFE_S = 600
_USER = "primitivus-test"
_USER_ID = 4242


def missing() -> str:
    """Return what this machine lacks for a user manager, or nothing."""
    if os.geteuid() != 0:
        return "needs root, to make namespaces and cgroups"
    lacking = [name for name in _COMMANDS if shutil.which(name) is None]
    lacking += [package for file, package in _FILES.items() if not Path(file).exists()]
    if lacking:
        return "not installed: " + ", ".join(dict.fromkeys(lacking))
    return ""


class UserManager:
    """A user with a home, a service manager, a bus and a journal; entering starts all that."""

    def __init__(self) -> None:
        """Prepare one; several may run at a time."""
        # Not below pytest's directories: they are closed to other users.
        self._state = Path(tempfile.mkdtemp(prefix="primitivus-user-"))
        self._state.chmod(0o755)
        self._process: subprocess.Popen[str] | None = None
        self._init = 0
        self.user_id = _USER_ID
        self.home = Path("/home", _USER)
        """The home as the user sees it."""

    @property
    def outside_home(self) -> Path:
        """The home as this process sees it."""
        return self._state / "home"

    def start(self) -> None:
        """Return when the manager runs; raises AssertionError with what it said if it doesn't."""
        with (self._state / "errors").open("wb") as errors:
            self._process = subprocess.Popen(
                [
                    *("setpriv", "--pdeathsig", "TERM", "timeout", "-k", "10", str(_LIFE_S)),
                    *("bash", str(_HERE / "outer.sh")),
                ],
                env={
                    "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin",
                    "STATE": str(self._state),
                    "USER_NAME": _USER,
                    "USER_ID": str(_USER_ID),
                    "EXPOSE": "\n".join(
                        dict.fromkeys((sys.base_prefix, sys.prefix, str(_CHECKOUT)))
                    ),
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        child = self._word_after("child")
        state = self._word_after("ready")
        assert state == "running", f"the user manager is {state}: {self._errors()}"
        children = Path(f"/proc/{child}/task/{child}/children").read_text().split()
        self._init = int(children[0])

    def stop(self) -> None:
        """End all of it, whatever runs, and leave nothing behind."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            assert self._process.stdout is not None
            self._process.stdout.close()
        shutil.rmtree(self._state)

    def run(self, *command: str, given: str = "", check: bool = True) -> str:
        """Return what `command` prints, run as the user in a session of theirs."""
        done = self.try_run(*command, given=given)
        if check and done.returncode != 0:
            raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr}")
        return done.stdout.strip()

    def try_run(self, *command: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """Return how `command` ended, run as the user."""
        runtime = f"/run/user/{_USER_ID}"
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "USER": _USER,
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": runtime,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
            "SYSTEMD_PAGER": "",
        }
        as_user = ("setpriv", f"--reuid={_USER_ID}", f"--regid={_USER_ID}", "--clear-groups")
        return self._enter(*as_user, "--", *command, given=given, environment=environment)

    def run_as_root(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Return how `command` ended, run as root where the user's things are."""
        return self._enter(*command, environment={"PATH": os.environ["PATH"]})

    def _enter(
        self, *command: str, environment: dict[str, str], given: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        enter = ("nsenter", f"--target={self._init}", "--mount", "--pid", "--ipc", "--cgroup")
        return subprocess.run(
            [*enter, "--wdns=/", "--", *command],
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def _word_after(self, first: str) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        said = self._process.stdout.readline().split()
        assert said[:1] == [first], f"no user manager: {said} {self._errors()}"
        return said[1] if len(said) > 1 else ""

    def _errors(self) -> str:
        return (self._state / "errors").read_text(errors="replace")

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
