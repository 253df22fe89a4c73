"""The line of the registry."""

from backendd.features.archive.service import Archive
from backendd.session.feature import Feature

FEATURE = Feature("archive", Archive)
