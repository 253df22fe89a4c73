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
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backendd.api.signature import Plain
from jp.failures import Failure, UsageError
from jp.output import filters
from jp.output.template_names import OURS, directories, names

_HTML = (".html", ".htm", ".xhtml", ".xml", ".atom")


def render(name: str, records: Sequence[Mapping[str, Plain]]) -> str:
    """Return what a template makes of `records`; Failure."""
    try:
        return _found(name).render(records=records)
    except TemplateNotFound as error:
        raise Failure(f"the template {name} needs {error.name}, and that is not there") from None
    except TemplateError as error:
        place = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise Failure(f"the template {name}{place}: {error}") from None
    except (ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
        raise Failure(f"the template {name}: {error}") from None


def require(name: str) -> None:
    """Find a template, and read it; UsageError if there is none, Failure if it is none."""
    try:
        _found(name)
    except TemplateNotFound:
        raise UsageError(f"there is no template {name!r}; there are {', '.join(names())}") from None
    except TemplateError as error:
        place = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise Failure(f"the template {name}{place}: {error}") from None
    except UnicodeDecodeError:
        raise Failure(f"the template {name} is no text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise Failure(f"the template {name} can't be read: {error}") from None


def _found(name: str) -> Template:
    """Return a template; TemplateError, OSError and ValueError."""
    is_file = os.sep in name or os.path.isfile(name)
    path = Path(name)
    folders = [path.parent] if is_file else directories()
    environment = _environment(folders)
    return environment.get_template(path.name if is_file else _full_name(name, folders))


def _environment(folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    loaders: list[BaseLoader] = [FileSystemLoader(each) for each in [*folders, OURS]]
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
