"""The installed backend in a real systemd user manager, with a real server for its profiles."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backendd.api.names import BUS_NAME, MANAGER, MESSAGES, PROFILE, ROOT_PATH, profile_path
from tests.lab.prosody import Prosody
from tests.lab.server import HOST
from tests.lab.systemd_user import watch
from tests.lab.systemd_user.manager import UserManager, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

UNIT = "backendd.service"
ALICE, BOB = profile_path("alice"), profile_path("bob")
BODY = "rendezvous at the old mill"
PROFILE_PASSWORD = "open sesame"
WATCH = Path(watch.__file__)
CHECKOUT = Path(__file__).parents[2]


class Installed:
    """The backend as a user has it who ran `backendd install`."""

    def __init__(self, manager: UserManager) -> None:
        self.manager = manager
        self.run = manager.run
        hidden = [path for path in (sys.prefix, str(CHECKOUT)) if path.startswith("/tmp/")]
        if hidden:
            # The unit has a /tmp of its own; what is tested may be in the real one.
            self.add_drop_in("program", f"BindReadOnlyPaths={' '.join(hidden)}")
        self.run("backendd", "install")

    def add_drop_in(self, name: str, line: str) -> None:
        """Change the unit as `systemctl --user edit` would."""
        path = f".config/systemd/user/{UNIT}.d/{name}.conf"
        self.write(path, f"[Service]\n{line}\n")
        self.run("systemctl", "--user", "daemon-reload")

    def write(self, path: str, text: str) -> None:
        """Write a file of the user's."""
        directory, _, _ = path.rpartition("/")
        self.run("mkdir", "-p", str(self.manager.home / directory))
        self.run("tee", str(self.manager.home / path), given=text)

    def call(self, path: str, interface: str, member: str, *values: str) -> str:
        """Return what a method returns, as busctl prints it."""
        call = ("busctl", "--user", "call", BUS_NAME, path, interface, member, *values)
        return self.run(*call)

    def show(self, name: str) -> str:
        """Return a property of the unit."""
        return self.run("systemctl", "--user", "show", "--property", name, "--value", UNIT)

    @property
    def pid(self) -> int:
        """The main process of the unit, 0 if there is none."""
        return int(self.show("MainPID"))

    def wait_for_successor(self, former: int) -> int:
        """Return the pid of the process that has the bus name after `former`."""
        return int(self.run(sys.executable, str(WATCH), BUS_NAME, str(former)))

    def state(self) -> str:
        """Return the state of the profile."""
        got = self.run("busctl", "--user", "get-property", BUS_NAME, ALICE, PROFILE, "State")
        return got.removeprefix('s "').removesuffix('"')

    def journal(self) -> list[str]:
        """Return all lines of the unit, each with its priority."""
        self.manager.run_as_root("journalctl", "--sync")
        fields = ("--output=json", "--output-fields=PRIORITY,MESSAGE")
        said = self.run("journalctl", "--user", "--unit", UNIT, "--no-pager", *fields)
        return said.splitlines()

    def add_profile(self, server: Prosody, name: str = "alice") -> None:
        """Make the profile of an account, protected by a password."""
        # Not where pytest keeps it: the unit sees no /tmp, and the user none of pytest's.
        self.write("ca.pem", server.ca_file.read_text())
        self.run(
            *("backendd", "profile", "add", name, server.jid(name)),
            *("--host", HOST, "--port", str(server.port)),
            *("--ca-file", str(self.manager.home / "ca.pem")),
            given=f"{server.password(name)}\n{PROFILE_PASSWORD}\n",
        )

    def wait_until_online(self, profile: str = ALICE) -> None:
        """Return once a profile is online."""
        self.call(profile, PROFILE, "WaitState", "asua{sv}", "1", "online", "20000", "0")

    def wait_for_message(self, profile: str, peer: str, body: str) -> None:
        """Return once a message is stored, whether it came live or out of the archive."""
        for _ in range(100):
            if body in self.call(profile, MESSAGES, "List", "sa{sv}", peer, "0"):
                return
            self.call(profile, MESSAGES, "Wait", "sxua{sv}", peer, "0", "200", "0")
        raise AssertionError(f"no message from {peer}")


@pytest.fixture
def user() -> Iterator[UserManager]:
    with UserManager() as manager:
        yield manager


@pytest.fixture
def installed(user: UserManager) -> Installed:
    return Installed(user)


def test_installing_starts_and_enables_nothing(installed: Installed):
    assert installed.show("ActiveState") == "inactive"
    assert installed.show("UnitFileState") == "disabled"
    assert installed.manager.try_run("backendd", "status").returncode == 3


def test_a_call_on_the_bus_starts_the_unit_and_it_gets_ready(installed: Installed):
    path = installed.run(
        "busctl", "--user", "get-property", BUS_NAME, ROOT_PATH, MANAGER, "Version"
    )
    assert path.startswith('s "')
    assert installed.run("systemctl", "--user", "start", UNIT) == ""  # returns when it is ready
    assert installed.show("ActiveState") == "active"
    assert installed.show("StatusText") == "0 profiles, 0 online"
    assert installed.pid == installed.wait_for_successor(0)


def test_the_command_starts_and_stops_the_unit(installed: Installed):
    installed.run("backendd")
    assert installed.show("ActiveState") == "active"
    assert installed.run("backendd", "status").startswith(f"running, pid {installed.pid}, ")
    installed.run("backendd", "stop")
    assert installed.manager.try_run("backendd", "status").returncode == 3
    installed.run("systemctl", "--user", "stop", UNIT)  # returns when what runs has ended
    assert installed.show("ActiveState") == "inactive"
    assert installed.show("Result") == "success"
    assert installed.show("NRestarts") == "0"


def test_a_mistake_in_the_settings_is_not_retried(installed: Installed):
    installed.write(".config/primitivus/backendd.toml", "[backend]\nlog_level = 3\n")
    assert installed.manager.try_run("systemctl", "--user", "start", UNIT).returncode != 0
    assert installed.show("ActiveState") == "failed"
    assert installed.show("ExecMainStatus") == "78"
    assert installed.show("NRestarts") == "0"
    assert any("backendd.toml:2: log_level" in line for line in installed.journal())


def test_killed_it_comes_back_unlocked_but_not_after_a_stop(installed: Installed, prosody: Prosody):
    installed.run("backendd")
    installed.add_profile(prosody)
    installed.wait_until_online()
    former = installed.pid
    installed.run("systemctl", "--user", "kill", "--signal=KILL", UNIT)
    assert installed.wait_for_successor(former) != former
    installed.wait_until_online()
    assert installed.show("NRestarts") == "1"

    installed.run("systemctl", "--user", "restart", UNIT)
    installed.wait_until_online()

    installed.run("systemctl", "--user", "stop", UNIT)
    installed.run("systemctl", "--user", "start", UNIT)
    assert installed.state() == "locked"
    installed.run("backendd", "unlock", "alice", given=f"{PROFILE_PASSWORD}\n")
    installed.wait_until_online()


def test_a_credential_unlocks_at_start(installed: Installed, prosody: Prosody):
    installed.run("backendd")
    installed.add_profile(prosody)
    installed.run("systemctl", "--user", "stop", UNIT)
    installed.write("secrets/alice", f"{PROFILE_PASSWORD}\n")
    credential = f"LoadCredential=profile_alice:{installed.manager.home}/secrets/alice"
    installed.add_drop_in("credential", credential)
    installed.run("systemctl", "--user", "start", UNIT)
    installed.wait_until_online()


def test_one_that_hangs_is_restarted_by_the_watchdog(installed: Installed):
    installed.add_drop_in("watchdog", "WatchdogSec=1")
    installed.run("backendd")
    former = installed.pid
    # Stopped, it turns its event loop no more than a blocked one does.
    installed.run("systemctl", "--user", "kill", "--signal=STOP", UNIT)
    assert installed.wait_for_successor(former) != former
    assert any("Watchdog timeout" in line for line in installed.journal())


def test_a_healthy_one_is_left_alone_by_the_watchdog(installed: Installed, prosody: Prosody):
    installed.add_drop_in("watchdog", "WatchdogSec=1")
    installed.run("backendd")
    installed.add_profile(prosody)
    installed.wait_until_online()
    # A wait that has to end in vain, three times as long as the backend may be silent.
    wait = ("WaitState", "asua{sv}", "1", "locked", "3000", "0")
    call = ("busctl", "--user", "call", BUS_NAME, ALICE, PROFILE, *wait)
    assert "still online" in installed.manager.try_run(*call).stderr
    assert installed.show("NRestarts") == "0"


def test_the_journal_has_no_bodies_and_no_secrets(installed: Installed, prosody: Prosody):
    installed.write(".config/primitivus/backendd.toml", '[backend]\nlog_level = "debug"\n')
    installed.run("backendd")
    installed.add_profile(prosody)
    installed.add_profile(prosody, "bob")
    installed.wait_until_online(BOB)
    installed.call(ALICE, MESSAGES, "Send", "ss", prosody.jid("bob"), BODY)
    installed.wait_for_message(BOB, prosody.jid("alice"), BODY)
    installed.manager.try_run("backendd", "unlock", "alice", given="wrong guess\n")
    installed.run("backendd", "stop")
    lines = installed.journal()
    assert any('"PRIORITY":"6"' in line and "backendd" in line for line in lines)
    said = "\n".join(lines)
    for secret in (BODY, PROFILE_PASSWORD, "wrong guess", prosody.password("alice")):
        assert secret not in said
    assert "Traceback" not in said


def test_the_sandbox_holds(installed: Installed):
    installed.write(".ssh/id", "a private key")
    installed.run("backendd")
    pid = str(installed.pid)
    home = installed.manager.home

    def inside(*command: str) -> str:
        user = str(installed.manager.user_id)
        as_user = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--")
        enter = ("nsenter", f"--target={pid}", "--mount", "--wdns=/", "--")
        return installed.manager.run_as_root(*enter, *as_user, *command).stderr

    for place in (".", ".config", ".local/share", ".local/share/dbus-1"):
        assert "Read-only file system" in inside("touch", f"{home}/{place}/x"), place
    assert "Read-only file system" in inside("touch", "/var/tmp/../x")
    for place in (".local/share/primitivus", ".local/state/primitivus", "Downloads"):
        assert inside("touch", f"{home}/{place}/x") == "", place
    assert "Permission denied" in inside("cat", f"{home}/.ssh/id")
    own = f"/tmp/{installed.manager.outside_home.parent.name}"
    assert inside("touch", own + "-own") == ""
    assert not Path(own + "-own").exists()

    status = installed.manager.run_as_root("cat", f"/proc/{pid}/status").stdout
    facts = dict(re.findall(r"^(\w+):\s+(.*)$", status, re.MULTILINE))
    assert facts["NoNewPrivs"] == "1"
    assert facts["Seccomp"] == "2"
    assert int(facts["CapBnd"], 16) == 0


def test_uninstalling_leaves_the_data(installed: Installed):
    installed.run("systemctl", "--user", "enable", UNIT)
    installed.run("backendd", "uninstall")
    assert installed.show("LoadState") == "not-found"
    wants = installed.manager.outside_home / ".config/systemd/user/default.target.wants"
    assert not (wants / UNIT).is_symlink()
    assert (installed.manager.outside_home / ".local/share/primitivus").is_dir()


def test_the_manager_leaves_nothing_behind():
    manager = UserManager()
    with manager:
        home = manager.outside_home
        assert home.is_dir()
    assert not home.parent.exists()
    assert str(home.parent) not in Path("/proc/mounts").read_text()
