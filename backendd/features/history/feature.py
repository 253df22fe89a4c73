"""The line of the registry."""

from backendd.features.history.service import History
from backendd.session.feature import Feature

FEATURE = Feature("history", History)
