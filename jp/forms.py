"""Forms that services ask to be filled in (XEP-0004), by fields that are named on the command line.

What is secret is never there: it is asked for, as any secret.
"""

from collections.abc import Iterable, Mapping, Sequence

from backendd.api.form_rules import refuse
from backendd.api.records import Form, FormField
from backendd.api.signature import Plain
from jp.failures import Failure
from jp.output.keys import keys_of
from jp.session import Session

SECRET = "text-private"
_TOLD = ("fixed", "hidden")
_BOOLEANS = {"yes": "1", "true": "1", "1": "1", "no": "0", "false": "0", "0": "0"}


def _wanted(field: Mapping[str, Plain]) -> str:
    """Return what may be put into a field."""
    options = [each["value"] for each in field.get("options") or ()]
    kind = _KINDS.get(str(field.get("type")), "text")
    said = ", ".join(options) or kind
    return said + (" (required)" if field.get("required") else "")


def _held(field: Mapping[str, Plain]) -> str:
    return ", ".join(field.get("values") or ())


def _meant(field: Mapping[str, Plain]) -> str:
    """Return what a field is about, and in lines of their own where that is what it shows."""
    said = filter(None, (field.get("label"), field.get("description")))
    shown = (each.get("uri") for each in field.get("media") or ())  # `media` takes them
    return "\n".join(map(str, filter(None, ("; ".join(map(str, said)), *shown))))


_KINDS = {
    "boolean": "yes or no",
    SECRET: "secret",
    "jid-single": "address",
    "jid-multi": "addresses",
}
_COLUMNS = (
    ("field", lambda f: str(f.get("var") or "")),
    ("takes", _wanted),
    ("holds", _held),
    ("", _meant),
)


def show(session: Session, form: Form) -> None:
    """Print what a form asks for: for people its fields, for programs all there is of it."""
    if not session.out.is_for_people:
        session.out.record(keys_of(form))
        return
    told = [form.title, *form.instructions]
    session.out.text("\n".join(filter(None, told)))
    asked = [each for each in form.fields if each.type not in _TOLD]
    session.out.records(asked, _COLUMNS, none="nothing to fill in")


def show_result(session: Session, form: Form, *, none: str) -> None:
    """Print what came of a form: its rows, or where it has none its fields; else `none`."""
    if form.items:
        rows = [{name: ", ".join(values) for name, values in row.items()} for row in form.items]
        names = [each.var for each in form.reported]
        session.out.records(rows, names or list(rows[0]), none="")
        return
    if not session.out.is_for_people:
        session.out.record(keys_of(form))
        return
    session.out.text("\n".join(filter(None, [form.title, *form.instructions])))
    held = [each for each in form.fields if each.values and each.type != "hidden"]
    session.out.record({each.label or each.var: "\n".join(each.values) for each in held}, none=none)


def fill_in(
    session: Session, form: Form, answers: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Return what is filled in by field; asks for the secrets that have to be. Raises Failure.

    What is not named stays as the form has it.
    """
    fields = {each.var: each for each in form.fields if each.var}
    values: dict[str, list[str]] = {}
    for name, value in answers:
        field = fields.get(name)
        if field is None or field.type in _TOLD:
            raise Failure(f"the form has no field {name!r}; it has {_names(fields.values())}")
        if field.type == SECRET and value:
            raise Failure(f"{name} is secret: set it to nothing ({name}=), and it is asked for")
        values.setdefault(name, []).append(_checked(field, value))
    for field in fields.values():
        if field.type == SECRET and (field.required or field.var in values):
            values[field.var] = [session.secrets.secret(field.label or field.var)]
        elif field.required and not values.get(field.var) and not field.values:
            raise Failure(f"the form wants {field.var} to be filled in")
    return values


def _checked(field: FormField, value: str) -> str:
    """Return a value as the form wants it, an option also by what it is called; Failure."""
    if field.type == "boolean":
        if value not in _BOOLEANS:
            raise Failure(f"{field.var} is yes or no, and not {value!r}")
        return _BOOLEANS[value]
    rule = field.rule
    if field.options and not (rule and rule.open):
        for option in field.options:
            if value in (option.value, option.label):
                return option.value
        known = ", ".join(each.value for each in field.options)
        raise Failure(f"{field.var} is one of {known}, and not {value!r}")
    if rule and (why := refuse(value, rule.datatype, rule.min, rule.max)):
        raise Failure(f"{field.var}: {why}")
    return value


def _names(fields: Iterable[FormField]) -> str:
    asked = [each.var for each in fields if each.type not in (*_TOLD, SECRET)]
    return ", ".join(asked) or "none to fill in"
