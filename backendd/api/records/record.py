"""What a record is made of."""

from dataclasses import Field
from typing import Any

from backendd.api.values import Value, field

MORE = "more"
"""The field for keys that a record doesn't name itself; on the bus they are keys like others."""


def key(signature: str, default: object) -> Any:  # noqa: ANN401 - as dataclasses.field does
    """Return a field that crosses the bus as `signature`.

    A key of fixed words is empty where nothing is said.
    """
    metadata = {"signature": signature}
    if isinstance(default, list | dict):
        return field(default_factory=type(default), metadata=metadata)
    return field(default=default, metadata=metadata)


class Record(Value):
    """What all records share: nothing but being one."""


def name_of(field: Field[Any]) -> str:
    """Return what a key is called on the bus: what Python keeps for itself has a `_` behind."""
    return field.name.removesuffix("_")
