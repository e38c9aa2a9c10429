"""Which department answers for which service: those with a module of their own, and the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping

from central.departments.bus import Bus
from central.departments.catalogue.kinds import departments_of
from central.departments.department import Department
from central.departments.hotel import Hotel
from central.departments.library import Library
from config.catalogue.loading import catalogue

OWN: Mapping[str, Department] = {"library": Library(), "hotel": Hotel(), "bus": Bus()}
DEPARTMENTS: Mapping[str, Department] = {**departments_of(catalogue()), **OWN}
