"""`backendd fg`: what the unit, the bus and the background run."""

from pathlib import Path

from backendd import config, log
from backendd.api import garbage


def run(given: Path | None) -> int:
    """Run the backend until it is told to stop."""
    garbage.collect_none()
    settings = config.load(given)
    log.set_up(settings.backend.log_level)
    from backendd import daemon

    return daemon.run(settings, given)
