"""The line of the registry."""

from backendd.features.read_state.service import ReadStatePart
from backendd.session.feature import Feature

FEATURE = Feature("read_state", ReadStatePart)
"""It has nothing of its own on the bus: MarkRead is what publishes."""
