"""Templates of Jinja2: a user's own under the XDG directories, ours, or one that is a file.

They run in a sandbox: a template may come from somebody else, and has no business in this process.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from xdg_base_dirs import xdg_config_dirs, xdg_config_home

from backendd.api.signature import Plain
from jp.failures import Failure
from jp.output import filters

_OURS = Path(__file__).parents[1] / "templates"
_HTML = (".html", ".htm", ".xhtml", ".xml", ".atom")


def render(name: str, records: Sequence[Mapping[str, Plain]]) -> str:
    """Return what a template makes of `records`; Failure."""
    is_file = os.sep in name or os.path.isfile(name)
    path = Path(name)
    folders = [path.parent] if is_file else directories()
    environment = _environment(folders)
    try:
        template = environment.get_template(path.name if is_file else _full_name(name, folders))
        return template.render(records=records)
    except TemplateNotFound as error:
        raise Failure(f"there is no template {error.name}; there are {_known()}") from None
    except TemplateError as error:
        place = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise Failure(f"the template {name}{place}: {error}") from None
    except (ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
        raise Failure(f"the template {name}: {error}") from None


def directories() -> list[Path]:
    """Return where templates are looked for, in order."""
    own = [xdg_config_home(), *xdg_config_dirs()]
    return [*(each / "primitivus" / "templates" for each in own), _OURS]


def names() -> list[str]:
    """Return what templates are called, as they are asked for."""
    return sorted(
        {
            each.name.removesuffix(".j2")
            for folder in directories()
            for each in folder.glob("[!_.]*")
        }
    )


def _environment(folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    loaders: list[BaseLoader] = [FileSystemLoader(each) for each in [*folders, _OURS]]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=lambda name: bool(name) and str(name).removesuffix(".j2").endswith(_HTML),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= filters.FILTERS
    return environment


def _full_name(name: str, folders: Sequence[Path]) -> str:
    """Return the file of a template that is asked for with or without its ending."""
    for folder in folders:
        for path in sorted(folder.glob("*")):
            if name in (path.name, path.name.removesuffix(".j2"), path.name.partition(".")[0]):
                return path.name
    return name


def _known() -> str:
    return ", ".join(names()) or "none"
