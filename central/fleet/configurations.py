"""Published configurations: every version is kept, the newest is served."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from central.fleet.refusals import ConfigurationMalformed, NothingPublished
from central.fleet.signing import Signer
from central.fleet.tables import configuration
from central.fleet.versions import JUMP, next_version
from domain.messages.signed_documents import DOCUMENT_LIMIT, Configuration, SignedDocument


def publish(
    connection: Connection, signer: Signer, name: str, files: Mapping[str, str], now: datetime
) -> Configuration:
    """Signs the next version of a profile. Raises ``ConfigurationMalformed``."""
    version = next_version(connection, _series(name))
    try:
        said = Configuration(name=name, version=version, issued_at=now, files=dict(files))
        document = signer.sign(said)
    except ValidationError as error:
        places = {".".join(str(part) for part in each["loc"]) for each in error.errors()}
        raise ConfigurationMalformed(f"{sorted(places)}; at most {DOCUMENT_LIMIT} characters") from error
    row = {"name": name, "version": version, "published_at": now, "document": document.model_dump_json()}
    connection.execute(insert(configuration).values(row))
    return said


def newest(connection: Connection, name: str) -> SignedDocument:
    """Raises ``NothingPublished``."""
    query = select(configuration.c.document).where(configuration.c.name == name)
    found = connection.execute(query.order_by(configuration.c.version.desc()).limit(1)).scalar_one_or_none()
    if found is None:
        raise NothingPublished
    return SignedDocument.model_validate_json(found)


def publish_again(connection: Connection, signer: Signer, now: datetime) -> list[str]:
    """After a database was restored: the newest of each under a number that no terminal has seen."""
    names = connection.execute(select(configuration.c.name).distinct()).scalars().all()
    for name in sorted(names):
        said = Configuration.model_validate_json(newest(connection, name).content)
        next_version(connection, _series(name), JUMP)
        publish(connection, signer, name, said.files, now)
    return sorted(names)


def _series(name: str) -> str:
    return f"configuration {name}"
