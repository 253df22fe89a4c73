"""The words of a search, marked where they stand in what is shown."""

from itertools import groupby

from primitivus.model.search.found_words import spans
from primitivus.widgets.drawing.attributes import Attribute, restyled
from primitivus.widgets.drawing.touching import target_of
from primitivus.widgets.drawing.wrap import Run

STYLE, SELECTED = "message.found", "message.found.selected"


def marked(text: str, runs: list[Run], searched: str) -> list[Run]:
    """Return the runs of a text with those words in a style of their own; links lead on."""
    found = spans(text, searched)
    if not found:
        return runs
    attributes: list[Attribute] = [attribute for attribute, length in runs for _ in range(length)]
    for start, end in found:
        attributes[start:end] = [restyled(each, STYLE) for each in attributes[start:end]]
    # What is for something by itself stays apart, though it looks alike.
    groups = (list(group) for _, group in groupby(attributes, lambda each: (each, target_of(each))))
    return [(group[0], len(group)) for group in groups]
