"""The city that a database serves: it travels with the engine, so that every connection knows it."""

from __future__ import annotations

from sqlalchemy import Connection

from config.city.city import City
from config.city.loading import load_city

OPTION = "city"
"""Name of the execution option of an engine."""


def city_of(connection: Connection) -> City:
    """The city of this connection's database; of an engine that names none, the default city."""
    found = connection.get_execution_options().get(OPTION)
    return found if isinstance(found, City) else load_city()
