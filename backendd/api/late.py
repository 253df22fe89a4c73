"""Modules that others import and seldom use: loaded once somebody asks them for something.

It is what `importlib.util.LazyLoader` does, which no thread may use beside another before Python
3.12. Worth it for what takes long, and is imported as a whole: `from module import name` asks.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

_lock = RLock()
_loading: set[str] = set()


class _Late(ModuleType):
    """A module whose code was not run yet; it is called when something isn't there."""

    def __getattr__(self, name: str) -> object:
        if name == "__path__":
            raise AttributeError(name)  # which only packages have
        with _lock:
            if isinstance(self, _Late) and self.__name__ not in _loading:
                _load(self)
        return ModuleType.__getattribute__(self, name)


def _load(module: ModuleType) -> None:
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    _loading.add(module.__name__)
    try:
        module.__spec__.loader.exec_module(module)
    finally:
        _loading.discard(module.__name__)
    module.__class__ = ModuleType


def load_late(*names: str) -> None:
    """Have whoever imports these modules from now on get them without their being loaded.

    What is loaded by now, or isn't there, stays as it is.
    """
    for name in names:
        if name not in sys.modules and (spec := find_spec(name)) is not None:
            sys.modules[name] = module = module_from_spec(spec)
            module.__class__ = _Late


@contextmanager
def without(name: str) -> Iterator[None]:
    """Have what is imported meanwhile do as if a module weren't installed.

    For what others import where it is there, and that isn't used. Loaded by now, it stays.
    """
    if name in sys.modules:
        yield
        return
    # Which has an import fail, as the reference of `import` says.
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
