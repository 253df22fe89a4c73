"""What templates there are: a user's own under the XDG directories, and ours."""

from pathlib import Path

from xdg_base_dirs import xdg_config_dirs, xdg_config_home

OURS = Path(__file__).parents[1] / "templates"


def directories() -> list[Path]:
    """Return where templates are looked for, in order."""
    own = [xdg_config_home(), *xdg_config_dirs()]
    return [*(each / "primitivus" / "templates" for each in own), OURS]


def names() -> list[str]:
    """Return what templates are called, as they are asked for."""
    return sorted(
        {
            each.name.removesuffix(".j2")
            for folder in directories()
            for each in folder.glob("[!_.]*")
        }
    )
