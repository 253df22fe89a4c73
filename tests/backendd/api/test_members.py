"""How a method is called, read by itself, is what its interface says as a whole."""

import pytest

from backendd.api import interfaces
from backendd.api.introspection import load_all
from backendd.api.members import called

METHODS = [(name, method) for name, each in load_all().items() for method in each.methods.values()]


@pytest.mark.parametrize(
    ("interface", "method"), METHODS, ids=lambda each: getattr(each, "name", each)
)
def test_it_is_the_same(interface, method):
    found = called(interface, interfaces.python_name(method.name))
    assert (found.name, found.in_signature) == (method.name, method.in_signature)
    assert "".join(found.results) == method.out_signature
    assert found.is_unbounded == method.is_unbounded
    keyed = method.keyed
    names = [interfaces.python_argument(each.name) for each in method.in_args if each is not keyed]
    assert found.arguments == names
    options = keyed.options.values() if keyed is not None else ()
    assert list(found.options.values()) == [(each.name, each.signature) for each in options]
    assert found.keyed == (keyed.name if keyed is not None else "")


def test_what_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        called("org.primitivus.Backend1.Messages", "sned")
