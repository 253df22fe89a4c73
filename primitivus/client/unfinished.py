"""What is written to the disk here, and left there by who was killed at it."""

from xdg_base_dirs import xdg_state_home

from backendd.api.unfinished import Unfinished
from primitivus.client.apart import apart


def unfinished() -> Unfinished:
    """Return what is written here, by its notes."""
    return Unfinished(xdg_state_home() / "primitivus" / "unfinished")


async def clean_up() -> None:
    """Remove what was left."""
    await apart(unfinished().clean)
