"""The configuration in force on a terminal, kept on disk under its signature."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptography import x509

from config.faults import Fault
from domain.messages.signed_documents import (
    Configuration,
    ConfigurationFault,
    NotSigned,
    RolledBack,
    SignedDocument,
    document_in,
    opened,
)
from runtime.signed_copy import CopyDamaged, SignedCopy


class ConfigurationCopy:
    """The configuration in force on this terminal, kept under its signature in ``directory``.

    ``check`` looks whether the terminal can work with it, and raises ``Fault`` when it cannot: a signed
    mistake is refused like any other, and the one in force stays.
    """

    def __init__(
        self,
        directory: Path,
        name: str,
        authority: x509.Certificate,
        check: Callable[[Configuration], None],
    ) -> None:
        self._name = name
        self._authority = authority
        self._check = check
        file = directory / f"{name}.signed.json"
        self.stored = SignedCopy(file, self._proved, lambda said: said.version, RolledBack, self._checked)

    def in_force(self) -> Configuration | None:
        """The local copy, proved again; None when there is none yet.

        Raises ``ConfigurationFault`` for a file that is not a document: it is never taken for none.
        """
        try:
            return self.stored.read()
        except CopyDamaged as fault:
            if isinstance(fault.__cause__, ConfigurationFault):
                raise fault.__cause__ from fault
            raise NotSigned(fault.detail) from fault

    def accept(self, document: SignedDocument) -> Configuration:
        """Put a newer one in force, on disk when it returns. Raises ``ConfigurationFault``, ``OSError``."""
        return self.stored.accept(document.model_dump_json().encode()).value

    def _proved(self, untrusted_content: bytes) -> Configuration:
        said = opened(document_in(untrusted_content), Configuration, self._authority)
        if said.name != self._name:
            raise ConfigurationFault(f"meant for profile {said.name}")
        return said

    def _checked(self, said: Configuration) -> None:
        try:
            self._check(said)
        except Fault as fault:
            raise ConfigurationFault(f"version {said.version}: {fault}") from fault
