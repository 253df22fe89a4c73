"""Data forms: read whatever comes, refuse what doesn't fit, and answer as the form asks."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api import records, wire
from backendd.api.errors import FormRejected
from backendd.core import answers, forms
from backendd.core.fields import Choice, Field, Form, Media, Rule
from backendd.core.form_records import to_record

BOT = """<x xmlns='jabber:x:data' type='form'>
  <title>Bot\x09Configuration</title>
  <instructions>Fill out this form</instructions>
  <instructions>to configure your new bot!</instructions>
  <field type='hidden' var='FORM_TYPE'><value>jabber:bot</value></field>
  <field type='fixed'><value>Section 1: Bot Info</value></field>
  <field type='text-single' label='The name of your bot' var='botname'><required/></field>
  <field type='text-multi' label='Helpful description' var='description'/>
  <field type='boolean' label='Public bot?' var='public'><value>1</value></field>
  <field type='text-private' label='Password' var='password'/>
  <field type='list-multi' label='What features?' var='features'>
    <option label='Contests'><value>contests</value></option>
    <option label='News'><value>news</value></option>
    <value>news</value>
    <validate xmlns='http://jabber.org/protocol/xdata-validate'>
      <list-range min='1' max='2'/></validate>
  </field>
  <field type='list-single' label='Maximum subscribers' var='maxsubs'>
    <value>20</value>
    <option><value>10</value></option><option><value>20</value></option>
  </field>
  <field type='jid-multi' label='People to invite' var='invitelist'>
    <desc>Tell friends</desc></field>
  <field type='text-single' var='age'>
    <validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:integer'>
      <range min='0' max='120'/></validate></field>
  <field var='picture'><media xmlns='urn:xmpp:media-element' width='80' height='60'>
    <uri type='image/png'>https://example.org/a.png</uri></media></field>
</x>"""


def bot():
    return forms.decode(fromstring(BOT))


def submitted(form):
    return {each.var: each.values for each in forms.decode(form).fields}


def test_a_form_is_read_whole():
    form = bot()
    assert (form.type, form.title, form.form_type) == ("form", "Bot Configuration", "jabber:bot")
    assert form.instructions == ("Fill out this form", "to configure your new bot!")
    found = {each.var: each for each in form.fields}
    assert found["botname"].is_required
    assert found["features"].options == (Choice("contests", "Contests"), Choice("news", "News"))
    assert found["features"].rule == Rule(fewest=1, many=2)
    assert found["invitelist"].description == "Tell friends"
    assert found["age"].rule == Rule("xs:integer", least="0", most="120")
    assert found["picture"].media == Media((("image/png", "https://example.org/a.png"),), 80, 60)
    assert form.is_true("public")
    assert not form.is_true("botname")


def test_what_was_not_answered_stays_as_the_form_had_it():
    filled = submitted(answers.fill_in(bot(), {"botname": ["Hal"], "public": ["0"]}))
    assert filled == {
        "FORM_TYPE": ("jabber:bot",),
        "botname": ("Hal",),
        "public": ("0",),
        "features": ("news",),
        "maxsubs": ("20",),
    }


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "botname: The name of your bot is needed"),
        ({"nick": ["x"]}, "nick: the form has no such field"),
        ({"FORM_TYPE": ["other"]}, "FORM_TYPE: this field can't be changed"),
        ({"botname": ["a", "b"]}, "botname: only one value"),
        ({"botname": ["a\nb"]}, "botname: it has to be one line"),
        ({"public": ["maybe"]}, "public: it has to be true or false"),
        ({"features": ["tea"]}, "features: 'tea' can't be chosen; there is contests, news"),
        ({"features": []}, "features: 1 to 2 values"),
        ({"maxsubs": ["30"]}, "maxsubs: '30' can't be chosen"),
        ({"invitelist": ["a@b", "@@"]}, 'invitelist: "@@" isn\'t a valid address'),
        ({"age": ["old"]}, "age: it has to be a whole number"),
        ({"age": ["121"]}, "age: it has to be a number from 0 to 120"),
    ],
)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(given, sentence):
    filled = {"botname": ["Hal"]} | given if given else {}
    with pytest.raises(FormRejected) as refused:
        answers.fill_in(bot(), filled)
    assert str(refused.value).startswith(sentence)


def test_an_open_list_takes_what_it_does_not_have():
    field = Field("x", "list-single", options=(Choice("a"),), rule=Rule(is_open=True))
    assert submitted(answers.fill_in(Form(fields=(field,)), {"x": ["b"]})) == {"x": ("b",)}


def test_a_result_has_rows_by_the_names_that_are_reported():
    form = forms.decode(
        fromstring(
            "<x xmlns='jabber:x:data' type='result'>"
            "<reported><field var='name' label='Name'/><field var='url'/></reported>"
            "<item><field var='name'><value>A</value></field>"
            "<field var='url'><value>u</value><value>v</value></field></item><item/></x>"
        )
    )
    assert [(each.var, each.label) for each in form.reported] == [("name", "Name"), ("url", "")]
    assert form.items == ({"name": ("A",), "url": ("u", "v")}, {})


def test_a_form_that_is_sent_unasked_names_its_type():
    form = forms.submit(
        "urn:xmpp:mam:2", with_="a@b", pubsub__max_items=5, flip=True, ids=["1", "2"]
    )
    assert forms.decode(form).form_type == "urn:xmpp:mam:2"
    assert submitted(form) == {
        "FORM_TYPE": ("urn:xmpp:mam:2",),
        "with": ("a@b",),
        "pubsub#max_items": ("5",),
        "flip": ("1",),
        "ids": ("1", "2"),
    }


def test_text_of_a_form_is_harmless_and_its_values_are_kept_as_they_are():
    form = forms.decode(
        fromstring(
            "<x xmlns='jabber:x:data'><title>a\u202eb</title>"
            "<field var='v' label='l\u2066\n'><value> two  spaces \u202e</value></field></x>"
        )
    )
    assert form.title == "ab"
    assert form.fields[0].label == "l"
    assert form.fields[0].values == (" two  spaces \u202e",)


NAMES = st.sampled_from(["x", "field", "value", "option", "reported", "item", "required", "desc"])


@st.composite
def trees(draw, depth=4):
    """Elements with the names of forms in places where they may not belong."""
    attributes = draw(
        st.dictionaries(
            st.sampled_from(["var", "type", "label"]),
            st.sampled_from(
                ["", "list-single", "boolean", "form", "\u0001"[:0], "FORM_TYPE", "jid"]
            ),
        )
    )
    element = fromstring(f"<{draw(NAMES)} xmlns='jabber:x:data'/>")
    element.attrib.update(attributes)
    element.text = draw(st.sampled_from([None, "", "text"]))
    if depth:
        element.extend(draw(st.lists(trees(depth - 1), max_size=3)))
    return element


@given(trees())
def test_whatever_comes_is_a_form_that_can_be_answered_unless_something_is_needed(element):
    form = forms.decode(element)
    assert isinstance(form.form_type, str)
    if any(each.is_required and not any(each.values) for each in form.fields):
        return
    assert set(submitted(answers.fill_in(form, {}))) <= {each.var for each in form.fields}


def test_a_form_crosses_the_bus_as_it_is():
    form = to_record(forms.decode(fromstring(BOT)), "7")
    (sent,) = wire.decode("a{sv}", bytes(wire.encode("a{sv}", [form])))
    assert wire.from_wire(records.Form, sent) == form
    assert (form.id, form.instructions[0]) == ("7", "Fill out this form")
    fields = {each.var: each for each in form.fields}
    assert fields["botname"].required
    assert [each.label for each in fields["features"].options] == ["Contests", "News"]
    assert [each.uri for each in fields["picture"].media] == ["https://example.org/a.png"]


def test_the_rows_of_a_result_cross_the_bus():
    result = fromstring(
        "<x xmlns='jabber:x:data' type='result'><reported><field var='n' label='Name'/></reported>"
        "<item><field var='n'><value>ann</value></field></item></x>"
    )
    (sent,) = wire.decode("a{sv}", bytes(wire.encode("a{sv}", [to_record(forms.decode(result))])))
    record = wire.from_wire(records.Form, sent)
    assert [each.label for each in record.reported] == ["Name"]
    assert record.items == [{"n": ["ann"]}]
