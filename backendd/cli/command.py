"""The command line that runs this same installation."""

import sys
from pathlib import Path


def foreground(config: Path | None) -> list[str]:
    """Return what runs the backend in the foreground, from any directory."""
    script = Path(sys.executable).parent / "backendd"
    # -P: without it, a file of the working directory could stand in for a module.
    program = [str(script)] if script.is_file() else [sys.executable, "-P", "-m", "backendd"]
    return [*program, *(["--config", str(config.absolute())] if config else []), "fg"]
