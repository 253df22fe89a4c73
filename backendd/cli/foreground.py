"""`backendd fg`: what the unit, the bus and the background run."""

from pathlib import Path

from backendd import config, log


def run(given: Path | None) -> int:
    """Run the backend until it is told to stop."""
    settings = config.load(given)
    log.set_up(settings.backend.log_level)
    from backendd import daemon

    return daemon.run(settings)
