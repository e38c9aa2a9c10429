"""Refusals of the fleet's routes, each with its HTTP status."""

from __future__ import annotations

from typing import ClassVar

from config.faults import Fault


class FleetRefusal(Fault):
    code = "enrolment.refused"
    status: ClassVar[int] = 403


class NotEnrolled(FleetRefusal):
    """No certificate was shown where one is needed."""

    code = "enrolment.required"
    status = 401


class Revoked(FleetRefusal):
    """The certificate was revoked: its terminal must forget what it knows of people."""

    code = "enrolment.revoked"


class Expired(FleetRefusal):
    """The certificate ran out: the terminal was away for too long to renew it."""

    code = "enrolment.expired"


class Unknown(FleetRefusal):
    """A certificate of this authority that this database never gave: another centre's, or a lost database."""

    code = "enrolment.unknown"


class OtherTerminal(FleetRefusal):
    """The message speaks for another terminal than the certificate names."""

    code = "enrolment.other_terminal"


class NotForTerminals(FleetRefusal):
    """A terminal asked for what only people of the centre may see."""

    code = "enrolment.not_for_terminals"


class NoSuchCode(FleetRefusal):
    """No request waits under this code: mistyped, changed on its way, or expired."""

    code = "enrolment.code_unknown"
    status = 404


class NoSuchTerminal(FleetRefusal):
    """No terminal of this name holds a certificate."""

    code = "enrolment.terminal_unknown"
    status = 404


class AlreadyEnrolled(FleetRefusal):
    """Another machine has this name; a person must say that it is to lose it."""

    code = "enrolment.already_enrolled"
    status = 409


class RequestInvalid(FleetRefusal):
    """Not a signing request for an EC P-256 key that signed itself."""

    code = "enrolment.request_invalid"
    status = 422


class TooManyWaiting(FleetRefusal):
    """More terminals wait for approval than a city puts up in a quarter of an hour."""

    code = "enrolment.too_many"
    status = 429


class TooManyFromHere(FleetRefusal):
    """More requests wait from this address than one place puts up at a time."""

    code = "enrolment.too_many_from_here"
    status = 429


class InvitationUnknown(FleetRefusal):
    """The invitation is mistyped, used up, out of date, or for another terminal."""

    code = "enrolment.invitation_unknown"


class ProfileUnknown(FleetRefusal):
    """No profile of this name is published or shipped, so that nothing bounds the terminal's services."""

    code = "enrolment.profile_unknown"
    status = 422


class NotInScope(FleetRefusal):
    """The terminal's signed list of services does not hold this one."""

    code = "trust.not_in_scope"


class NothingPublished(FleetRefusal):
    """There is no configuration of this name."""

    code = "configuration.unknown"
    status = 404


class ConfigurationMalformed(FleetRefusal):
    """The document to be published is no configuration; nothing was published."""

    code = "configuration.invalid"
    status = 422


class FingerprintMalformed(FleetRefusal):
    """The value to be blocked is no fingerprint; nothing was blocked."""

    code = "hotlist.delta_invalid"
    status = 422
