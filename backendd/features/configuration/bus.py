"""Configuration, of the Manager interface."""

import asyncio
from functools import partial
from pathlib import Path

from backendd.api import records
from backendd.config import Config
from backendd.features.configuration import model


class ConfigurationMembers:
    """What callers see of the settings, and of the file that was `given` at the start, if any."""

    def __init__(self, config: Config, given: Path | None) -> None:
        self._config = config
        self._given = given

    async def configuration(self) -> records.Configuration:
        return await asyncio.to_thread(partial(model.configuration, self._config, self._given))
