"""The line of the registry: all there is to it is a stage that messages pass."""

from backendd.session.feature import Feature
from backendd.session.part import Part

FEATURE = Feature("pubsub", lambda home: Part())
