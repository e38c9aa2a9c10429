"""From the kind of a catalogue entry to the service that is offered at a counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from config.catalogue.entries import AnyEntry, Department
from config.catalogue.loading import Catalogue
from terminal.services.catalogue.activation import ActivationService
from terminal.services.catalogue.application import ApplicationService
from terminal.services.catalogue.card_management import CardManagementService
from terminal.services.catalogue.medical import MedicalService
from terminal.services.catalogue.payment import PaymentService
from terminal.services.catalogue.payout import PayoutService
from terminal.services.catalogue.simple import (
    AdmissionService,
    AttendanceService,
    CertificationService,
    QueryService,
)
from terminal.visit.steps import Service

KINDS: Mapping[str, Callable[[Any, Department], Service]] = {
    "activation": ActivationService,
    "admission": AdmissionService,
    "application": ApplicationService,
    "attendance": AttendanceService,
    "card-management": CardManagementService,
    "certification": CertificationService,
    "medical": MedicalService,
    "payment": PaymentService,
    "payout": PayoutService,
    "query": QueryService,
}


def service_for(entry: AnyEntry, catalogue: Catalogue, *, camera: bool = True) -> Service:
    """``camera``: whether papers can be photographed at this counter."""
    department = catalogue.departments[catalogue.department_of[entry.id]]
    made = KINDS[entry.kind](entry, department)
    return replace(made, camera=camera) if isinstance(made, ApplicationService) else made


def services_at(counter: str, catalogue: Catalogue, *, camera: bool = True) -> tuple[Service, ...]:
    """Services of the catalogue at a kind of counter, featured ones first."""
    entries = [entry for entry in catalogue.services.values() if counter in entry.counters]
    entries.sort(key=lambda entry: not entry.featured)
    return tuple(service_for(entry, catalogue, camera=camera) for entry in entries)
