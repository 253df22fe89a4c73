"""What a value of a data form has to be (XEP-0122), in the user's language."""

from backendd.api.form_rules import Misfit, misfit
from backendd.api.records import FormRule
from primitivus.sentences import tr


def refuse(value: str, rule: FormRule) -> str:
    """Return why a value can't be given, empty if it can."""
    wrong = misfit(value, rule.datatype, rule.min, rule.max)
    return _wanted(wrong, rule.min, rule.max) if wrong is not None else ""


def _wanted(wrong: Misfit, least: str, most: str) -> str:
    """Return what a value has to be."""
    if wrong.is_of_kind and least and most:
        return tr("it has to be from {least} to {most}", least=least, most=most)
    if wrong.is_of_kind:
        return (
            tr("it has to be {least} or more", least=least)
            if least
            else tr("it has to be {most} or less", most=most)
        )
    match wrong.kind:
        case "whole":
            return tr("it has to be a whole number")
        case "number":
            return tr("it has to be a number")
        case "date":
            return tr("it has to be a date as 2026-11-25")
        case "time":
            return tr("it has to be a time as 2026-11-25T20:00:00Z")
    return tr("it has to be a time of day as 20:00:00")
