"""The line of the registry: what is added to messages and conversations."""

from backendd.api import records
from backendd.features.mentions import store
from backendd.features.mentions.model import Mentioned, Mentions
from backendd.session.feature import Feature
from backendd.store.mentions import TABLE, fold
from backendd.store.view import Contributor

FEATURE = Feature(
    "mentions",
    contributors=(
        Contributor(Mentioned, TABLE, store.load, repeats=True, fold=fold),
        Contributor(Mentions, TABLE, store.count, to=records.Conversation),
    ),
)
