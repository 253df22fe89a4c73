"""The line of the registry."""

from backendd.features.delivery.service import Delivery
from backendd.session.feature import Feature

FEATURE = Feature("delivery", Delivery)
