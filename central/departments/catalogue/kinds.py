"""From the kind of a catalogue entry to the department that serves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from central.departments.catalogue.activation import ActivationDepartment, PinVault
from central.departments.catalogue.admission import AdmissionDepartment
from central.departments.catalogue.application import ApplicationDepartment
from central.departments.catalogue.attendance import AttendanceDepartment
from central.departments.catalogue.card_management import CardManagementDepartment
from central.departments.catalogue.certification import CertificationDepartment
from central.departments.catalogue.medical import MedicalDepartment
from central.departments.catalogue.payment import PaymentDepartment
from central.departments.catalogue.payout import PayoutDepartment
from central.departments.catalogue.query import QueryDepartment
from central.departments.department import Department
from config.catalogue.entries import Activation, AnyEntry, Payout
from config.catalogue.loading import Catalogue

KINDS: Mapping[str, Callable[[Any], Department]] = {
    "admission": AdmissionDepartment,
    "application": ApplicationDepartment,
    "attendance": AttendanceDepartment,
    "card-management": CardManagementDepartment,
    "certification": CertificationDepartment,
    "medical": MedicalDepartment,
    "payment": PaymentDepartment,
    "query": QueryDepartment,
}


def department_for(entry: AnyEntry, catalogue: Catalogue, vault: PinVault | None = None) -> Department:
    if isinstance(entry, Payout):
        return PayoutDepartment(entry, subsidies=catalogue.subsidies)
    if isinstance(entry, Activation):
        return ActivationDepartment(entry, vault)
    return KINDS[entry.kind](entry)


def departments_of(catalogue: Catalogue, vault: PinVault | None = None) -> dict[str, Department]:
    """One department for each service of the catalogue, by its id. ``vault``: the bank's for PINs."""
    return {id: department_for(entry, catalogue, vault) for id, entry in catalogue.services.items()}
