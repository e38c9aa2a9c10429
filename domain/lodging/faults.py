"""Faults of a guest's document.

DocumentFault
  DocumentWrong   number, name or date does not fit the kind of document
  ZoneWrong       a machine readable zone whose lines or check digits are wrong
"""

from __future__ import annotations

from config.faults import Fault


class DocumentFault(Fault):
    code = "hotel.document_wrong"


class DocumentWrong(DocumentFault):
    code = "hotel.document_wrong"


class ZoneWrong(DocumentFault):
    code = "hotel.zone_wrong"
