"""The departments of this centre, as its environment chooses their backends."""

from __future__ import annotations

from collections.abc import Mapping

from central.database import Database
from central.departments.catalogue.activation import PinVault
from central.departments.department import Department
from central.departments.published import PublishedDepartments
from central.departments.registry import OWN
from central.departments.sip2 import VARIABLE
from central.departments.sip2.tables import sip2_request

TABLES_OF_OTHERS = (sip2_request,)
"""Known, and so made in every database, whether its centre loads what writes them or not."""


def departments_from(
    environment: Mapping[str, str], database: Database, vault: PinVault | None = None
) -> Mapping[str, Department]:
    """The built-in ones, those of the newest catalogue, and the library's own system where one is named.

    Raises ``SettingsFault``.
    """
    if not environment.get(VARIABLE, "").strip():
        return PublishedDepartments(database, OWN, vault=vault)
    from central.departments.sip2.library import Sip2Library  # a tenth of a second that few centres need
    from central.departments.sip2.settings import settings_from

    sip2 = settings_from(environment, database.city)
    own = OWN if sip2 is None else {**OWN, "library": Sip2Library(sip2)}
    return PublishedDepartments(database, own, vault=vault)
