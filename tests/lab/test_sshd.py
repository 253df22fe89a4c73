"""The loopback sshd that a story goes through."""

import os

import pytest

from tests.lab.sshd import Sshd
from tests.lab.terminal import Terminal


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give sshd a /run of its own")
async def test_a_session_has_the_bus_in_its_place_but_not_in_its_environment(bus, tmp_path):
    async with Sshd(tmp_path / "sshd", bus.directory) as server:
        look = "stty size; env; ls -la /run/user/*/bus; echo done"
        command = server.command("sh", "-c", f"'{look}'")
        env = {"PATH": os.environ["PATH"]}
        async with await Terminal.start(command, env=env, rows=40, columns=120) as terminal:
            await terminal.wait_for("^done")
            assert await terminal.wait_exit() == 0
            assert "40 120" in terminal.text
            assert f"/run/user/{os.getuid()}/bus" in terminal.text
            assert "DBUS_SESSION_BUS_ADDRESS" not in terminal.text
            assert "XDG_RUNTIME_DIR" not in terminal.text
