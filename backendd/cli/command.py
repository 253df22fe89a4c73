"""The command lines that run this same installation."""

import sys
from pathlib import Path


def foreground(config: Path | None) -> list[str]:
    """Return what runs the backend in the foreground, from any directory."""
    options = ["--config", str(config.absolute())] if config else []
    return [*_program("backendd"), *options, "fg"]


def frontend() -> list[str]:
    """Return what runs the terminal UI, from any directory."""
    return _program("primitivus")


def _program(name: str) -> list[str]:
    script = Path(sys.executable).parent / name
    # -P: without it, a file of the working directory could stand in for a module.
    return [str(script)] if script.is_file() else [sys.executable, "-P", "-m", name]
