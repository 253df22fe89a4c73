"""What a class says of its attributes, while it is being made."""

import sys
from collections.abc import Mapping
from typing import Any


def annotations(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the annotations of a class by their names, in order, out of what is in its body."""
    if sys.version_info >= (3, 14):
        from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace

        annotate = get_annotate_from_class_namespace(namespace)
        return call_annotate_function(annotate, Format.FORWARDREF) if annotate else {}
    found: Mapping[str, Any] = namespace.get("__annotations__", {})
    return found
