import os
import socket

import pytest

from backendd.api.address import find_address, socket_name
from backendd.api.failures import NoBus


@pytest.fixture
def runtime(tmp_path):
    """What stands for /run/user, with the directory of this user and a bus in it."""
    own = tmp_path / str(os.getuid())
    own.mkdir(mode=0o700)
    with _listening(own / "bus"):
        yield tmp_path


def _listening(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    return server


def test_the_environment_comes_first(runtime):
    environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": str(runtime)}
    assert find_address(environment, runtime=runtime) == "unix:path=/x"


def test_then_the_runtime_directory(tmp_path, runtime):
    directory = tmp_path / "a ~b"
    directory.mkdir()
    with _listening(directory / "bus"):
        environment = {"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": str(directory)}
        found = find_address(environment, runtime=runtime)
    assert found == f"unix:path={tmp_path}/a%20%7Eb/bus"


def test_then_the_directory_of_the_user_manager(runtime, tmp_path):
    found = f"unix:path={runtime}/{os.getuid()}/bus"
    assert find_address({}, runtime=runtime) == found
    assert find_address({"XDG_RUNTIME_DIR": str(tmp_path / "none")}, runtime=runtime) == found


def test_a_directory_that_others_may_enter_is_not_trusted(runtime):
    (runtime / str(os.getuid())).chmod(0o755)
    with pytest.raises(NoBus, match="open to other users"):
        find_address({}, runtime=runtime)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("name", ["", "bus"])
def test_what_belongs_to_somebody_else_is_not_trusted(runtime, name):
    os.chown(runtime / str(os.getuid()) / name, 65534, 65534)
    with pytest.raises(NoBus, match="belongs to another user"):
        find_address({}, runtime=runtime)


def test_without_any_it_says_what_to_do(tmp_path):
    with pytest.raises(NoBus, match="no session bus found") as raised:
        find_address({}, runtime=tmp_path)
    assert raised.value.exit_code == 4
    file = tmp_path / str(os.getuid())
    file.mkdir()
    (file / "bus").touch()
    with pytest.raises(NoBus, match="no session bus found"):
        find_address({}, runtime=tmp_path)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("unix:path=/run/user/1000/bus", b"/run/user/1000/bus"),
        ("unix:path=/a%20%7Eb/bus,guid=0123", b"/a ~b/bus"),
        ("unix:guid=0123,path=/k%c3%a4se", "/käse".encode()),
        ("unix:abstract=/tmp/dbus-x", b"\0/tmp/dbus-x"),
    ],
)
def test_the_address_of_a_bus_names_a_socket(address, name):
    assert socket_name(address) == name


@pytest.mark.parametrize(
    "address", ["", "unix:", "unix:tmpdir=/tmp", "tcp:host=a,port=1", "path=/x"]
)
def test_what_names_none_is_said_to_be_no_address(address):
    with pytest.raises(ValueError, match="not that of a socket of this machine"):
        socket_name(address)
