"""What is told to a service manager, played here by a datagram socket."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backendd.service_manager import ServiceManager
from tests.lab.patience import PATIENCE_S

INHERIT = """
import os, sys
from backendd.service_manager import ServiceManager
os.environ["LISTEN_PID"] = str(os.getpid())
manager = ServiceManager.from_environment()
left = [name for name in os.environ if name.startswith(("LISTEN", "NOTIFY", "WATCHDOG"))]
print(sorted(manager.kept.items()), left)
for descriptor in (3, 4):
    try:
        os.fstat(descriptor)
        print("still open")
    except OSError:
        pass
"""


class Listener:
    """The end of a service manager that is told things."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.settimeout(PATIENCE_S)

    def message(self) -> dict[str, str]:
        lines = self.socket.recv(4096).decode().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def message_with_file(self) -> tuple[dict[str, str], int]:
        content, descriptors, _, _ = socket.recv_fds(self.socket, 4096, 1)
        return dict(line.split("=", 1) for line in content.decode().splitlines()), descriptors[0]


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    listener = Listener(str(tmp_path / "notify"))
    yield listener
    listener.socket.close()


@pytest.fixture
def manager(listener: Listener, tmp_path: Path) -> ServiceManager:
    return ServiceManager.from_environment({"NOTIFY_SOCKET": str(tmp_path / "notify")})


def test_each_state_is_one_message(manager: ServiceManager, listener: Listener):
    manager.ready("2 profiles online")
    assert listener.message() == {"READY": "1", "STATUS": "2 profiles online"}
    manager.status("1 profile online")
    assert listener.message() == {"STATUS": "1 profile online"}
    manager.alive()
    assert listener.message() == {"WATCHDOG": "1"}
    manager.stopping()
    assert listener.message() == {"STOPPING": "1"}


def test_an_abstract_address_is_understood():
    name = f"primitivus-test-{os.getpid()}"
    listener = Listener("\0" + name)
    ServiceManager.from_environment({"NOTIFY_SOCKET": "@" + name}).alive()
    assert listener.message() == {"WATCHDOG": "1"}
    listener.socket.close()


def test_a_secret_is_handed_over_as_a_sealed_file(manager: ServiceManager, listener: Listener):
    manager.keep("6f1e", b"key")
    assert listener.message() == {"FDSTOREREMOVE": "1", "FDNAME": "6f1e"}  # a former one
    message, descriptor = listener.message_with_file()
    assert message == {"FDSTORE": "1", "FDNAME": "6f1e", "FDPOLL": "0"}
    assert os.pread(descriptor, 100, 0) == b"key"
    with pytest.raises(PermissionError):
        os.pwrite(descriptor, b"x", 0)
    assert fcntl.fcntl(descriptor, fcntl.F_GET_SEALS) & fcntl.F_SEAL_SEAL
    os.close(descriptor)
    manager.forget("6f1e")
    assert listener.message() == {"FDSTOREREMOVE": "1", "FDNAME": "6f1e"}


def test_a_successor_finds_what_was_kept_and_hides_it_from_its_children():
    reader, writer = os.memfd_create("one"), os.memfd_create("two")
    os.write(reader, b"first")
    os.write(writer, b"second")
    finished = subprocess.run(
        [
            *("/bin/sh", "-c"),
            f'exec "$0" "$@" 3</proc/self/fd/{reader} 4</proc/self/fd/{writer}',
            *(sys.executable, "-c", INHERIT),
        ],
        env=os.environ
        | {"LISTEN_FDS": "2", "LISTEN_FDNAMES": "6f1e:77aa", "NOTIFY_SOCKET": "/nowhere"},
        pass_fds=(reader, writer),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    os.close(reader)
    os.close(writer)
    assert finished.stdout == "[('6f1e', b'first'), ('77aa', b'second')] []\n"


def test_files_meant_for_another_process_are_left_alone():
    environment = {"LISTEN_FDS": "1", "LISTEN_FDNAMES": "6f1e", "LISTEN_PID": "1"}
    assert ServiceManager.from_environment(environment).kept == {}


def test_the_watchdog_is_fed_twice_as_often_as_it_bites():
    ours = {"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}
    assert ServiceManager.from_environment(ours).watchdog_s == 15
    anothers = {"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}
    assert ServiceManager.from_environment(anothers).watchdog_s is None
    assert ServiceManager.from_environment({}).watchdog_s is None


def test_without_a_manager_nothing_happens():
    manager = ServiceManager.from_environment({})
    manager.ready("alone")
    manager.keep("6f1e", b"key")
    manager.stopping()
    assert manager.kept == {}
    assert manager.credential("alice") is None


def test_a_manager_that_is_gone_is_a_warning(caplog: pytest.LogCaptureFixture):
    ServiceManager.from_environment({"NOTIFY_SOCKET": "/nowhere/at/all"}).alive()
    assert "can't be told" in caplog.text


def test_a_credential_is_the_password_of_a_profile(tmp_path: Path):
    (tmp_path / "profile_alice").write_text("two words\n")
    (tmp_path / "profile_bob").write_bytes(b"\xff\xfe")
    (tmp_path / "secret").write_text("x")
    manager = ServiceManager.from_environment({"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert manager.credential("alice") == "two words"
    assert manager.credential("bob") is None
    assert manager.credential("carol") is None
    assert manager.credential("x/../secret") is None
