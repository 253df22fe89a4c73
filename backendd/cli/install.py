"""`backendd install` and `backendd uninstall`. Neither enables, starts or stops anything."""

import os
import shutil
import subprocess
from pathlib import Path

from xdg_base_dirs import xdg_config_home, xdg_data_home

from backendd import config, directories
from backendd.api.failures import LinkError
from backendd.cli import command, systemd, templates
from backendd.cli.backend import session_bus
from backendd.cli.failure import DONE, CommandFailed

_DATABASE = "update-desktop-database"
_TIMEOUT_S = 60.0
_HIDDEN = ("/tmp/", "/var/tmp/")
# The service manager and the bus may know nothing of what a shell has set.
_VARIABLES = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CONFIG_DIRS": None,
    "XDG_DOWNLOAD_DIR": "Downloads",
}


def install(given: Path | None) -> int:
    """Write the files, and make the directories the sandboxed unit may write."""
    settings = config.load(given)
    downloads = directories.downloads(settings.files.download_dir)
    words = command.foreground(given)
    environment = _environment()
    writable = [directories.data(), directories.state(), downloads]
    # All of it made up before anything is written.
    files = {
        _unit_path(): templates.unit(words, environment, writable),
        _bus_path(): templates.bus_service(words, environment),
        _desktop_path(): templates.desktop_entry(command.frontend(), environment),
    }
    _make(directories.data(), 0o700)
    _make(directories.state(), 0o700)
    _make(downloads, 0o777)
    for path, text in files.items():
        _make(path.parent, 0o777)
        _write(path, text)
        print(f"wrote {path}")
    if words[0].startswith(_HIDDEN):
        print(f"note: the unit has a /tmp of its own and can't start {words[0]}; move it elsewhere")
    if not systemd.has_manager():
        print("no systemd user manager answers here; a session bus starts the backend by itself")
    _tell_managers()
    return DONE


def uninstall() -> int:
    """Remove the files; what is not there is removed already."""
    if _unit_path().exists():
        # It may have been enabled since; the link would outlive what it leads to.
        systemd.systemctl("disable", systemd.UNIT)
    removed = False
    for path in (_unit_path(), _bus_path(), _desktop_path()):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise CommandFailed(f"{path} can't be removed: {error.strerror}") from error
        print(f"removed {path}")
        removed = True
    if not removed:
        print("there was nothing to remove")
    _tell_managers()
    return DONE


def _unit_path() -> Path:
    return xdg_config_home() / "systemd" / "user" / templates.UNIT_FILE


def _bus_path() -> Path:
    return xdg_data_home() / "dbus-1" / "services" / templates.BUS_FILE


def _desktop_path() -> Path:
    return xdg_data_home() / "applications" / templates.DESKTOP_FILE


def _environment() -> dict[str, str]:
    found = {}
    for name, usual in _VARIABLES.items():
        text = os.environ.get(name, "")
        if text and (usual is None or text != str(Path.home() / usual)):
            found[name] = text
    return found


def _make(path: Path, mode: int) -> None:
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandFailed(f"{path} can't be made: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    # Renamed into place: a manager never reads half a file.
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise CommandFailed(f"{path} can't be written: {error.strerror}") from error


def _tell_managers() -> None:
    if systemd.has_manager():
        systemd.systemctl("daemon-reload")
    try:
        with session_bus() as bus:
            bus.reload()
    except LinkError:
        print("no session bus answers here; one started later will know")
    _tell_desktop()


def _tell_desktop() -> None:
    """Have desktops know which links there is a program for, where there are any."""
    if shutil.which(_DATABASE) is not None and _desktop_path().parent.is_dir():
        words = [_DATABASE, "--quiet", str(_desktop_path().parent)]
        subprocess.run(words, capture_output=True, check=False, timeout=_TIMEOUT_S)
