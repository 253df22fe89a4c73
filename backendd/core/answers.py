"""What a user fills into a form, held against what it asks for, before it goes out."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api import form_rules
from backendd.api.errors import FormRejected, InvalidJid
from backendd.core import forms, jid
from backendd.core.fields import MULTI, Field, Form

_BOOLEANS = frozenset({"0", "1", "true", "false"})


def fill_in(form: Form, answers: Mapping[str, Sequence[str]]) -> Element:
    """Return the submitted form: `answers` by field, and what the form had for all others.

    Raises FormRejected, whose sentence begins with the name of the field that it is about.
    """
    fields = {each.var: each for each in form.fields if each.type != "fixed" and each.var}
    for var in answers:
        if var not in fields:
            raise FormRejected(f"{var}: the form has no such field")
    values = {}
    for var, each in fields.items():
        given = tuple(answers.get(var, each.values))
        _check(each, given, is_answered=var in answers)
        if given:
            values[var] = given
    return forms.encode_answers(values, types=form.fields)


def _check(field: Field, values: Sequence[str], *, is_answered: bool) -> None:
    if field.type == "hidden":
        if tuple(values) != field.values:
            raise FormRejected(f"{field.var}: this field can't be changed")
        return
    if field.is_required and not any(values):
        raise FormRejected(f"{field.var}: {field.label or 'this field'} is needed")
    if not is_answered:
        return  # the form's own value, whatever that is
    if field.type not in MULTI and len(values) > 1:
        raise FormRejected(f"{field.var}: only one value can be given")
    for value in values:
        reason = _refuse(field, value)
        if reason:
            raise FormRejected(f"{field.var}: {reason}")
    _check_count(field, values)


def _refuse(field: Field, value: str) -> str:
    """Return why a value can't be given, empty if it can."""
    if field.type == "boolean":
        return "" if value in _BOOLEANS else "it has to be true or false"
    if field.type != "text-multi" and "\n" in value:
        return "it has to be one line"
    if not value and not field.is_required:
        return ""
    if field.type in ("list-single", "list-multi"):
        return _refuse_choice(field, value)
    if field.type in ("jid-single", "jid-multi"):
        return _refuse_jid(value)
    rule = field.rule
    return form_rules.refuse(value, rule.datatype, rule.least, rule.most) if rule else ""


def _refuse_choice(field: Field, value: str) -> str:
    is_open = field.rule is not None and field.rule.is_open
    # ejabberd names none of the groups of contacts that a node may be for.
    if is_open or not field.options or value in [each.value for each in field.options]:
        return ""
    known = ", ".join(each.value for each in field.options[:20])
    return f"{value!r} can't be chosen; there is {known}"


def _refuse_jid(value: str) -> str:
    try:
        jid.parse(value)
    except InvalidJid as error:
        return str(error)
    return ""


def _check_count(field: Field, values: Sequence[str]) -> None:
    rule = field.rule
    if rule is None or field.type != "list-multi":
        return
    if len(values) < rule.fewest or (rule.many is not None and len(values) > rule.many):
        raise FormRejected(
            f"{field.var}: {rule.fewest} to {rule.many or 'any number of'} values are wanted"
        )
