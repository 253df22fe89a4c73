"""Graphemes, and how wide they are: what wcwidth does in C, without the rest, which loads slowly.

Whoever wants more of `wcwidth` has it loaded as a whole then.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType

_LIBRARY, _IN_C = "wcwidth", "wcwidth._wcwidth_c"
_USED = ("wcwidth", "wcswidth", "width", "iter_graphemes", "grapheme_boundary_before")


class _Lean(ModuleType):
    """The package with what is used of it; asked for more it runs its own file."""

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        for each in _USED:
            # Its file wants modules of these names first.
            del self.__dict__[each]
        spec.loader.exec_module(self)
        return getattr(self, name)


def _leave_the_rest(spec: ModuleSpec) -> None:
    package = module_from_spec(spec)
    sys.modules[_LIBRARY] = package
    try:
        in_c = __import__(_IN_C, fromlist=_USED)
    except ImportError:
        del sys.modules[_LIBRARY]  # built without: then it takes all of it
        return
    for each in _USED:
        setattr(package, each, getattr(in_c, each))
    package.__class__ = _Lean


if _LIBRARY not in sys.modules and (found := find_spec(_LIBRARY)) is not None:
    _leave_the_rest(found)

from wcwidth import (  # noqa: E402 - not before it is as we want it
    iter_graphemes,
    wcswidth,
    wcwidth,
    width,
)

__all__ = ["iter_graphemes", "wcswidth", "wcwidth", "width"]
