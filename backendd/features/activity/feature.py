"""The line of the registry."""

from backendd.features.activity.service import Activity
from backendd.session.feature import Feature

FEATURE = Feature("activity", Activity)
