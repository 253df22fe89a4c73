"""Data forms as they cross the bus."""

from backendd.api import records
from backendd.core.fields import Field, Form, Rule


def to_record(form: Form, id: str = "") -> records.Form:
    """Return the record of a form; `id` is by what whoever answers it names it, if they have to."""
    return records.Form(
        id=id,
        title=form.title,
        instructions=list(form.instructions),
        fields=[_field(each) for each in form.fields],
        reported=[_field(each) for each in form.reported],
        items=[{var: list(values) for var, values in row.items()} for row in form.items],
    )


def _field(field: Field) -> records.FormField:
    uris = field.media.uris if field.media is not None else ()
    return records.FormField(
        var=field.var,
        type=field.type,
        label=field.label,
        description=field.description,
        required=field.is_required,
        values=list(field.values),
        options=[records.FormOption(label=each.label, value=each.value) for each in field.options],
        media=[records.FormMedia(uri=uri, mime=mime) for mime, uri in uris],
        rule=_rule(field.rule) if field.rule is not None else None,
    )


def _rule(rule: Rule) -> records.FormRule:
    return records.FormRule(
        datatype=rule.datatype,
        open=rule.is_open,
        min=rule.least,
        max=rule.most,
        regex=rule.regex,
        fewest=rule.fewest,
        many=rule.many or 0,
    )
