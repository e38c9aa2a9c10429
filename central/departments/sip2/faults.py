"""Faults between the centre and a library's own system."""

from __future__ import annotations

from config.faults import Fault


class Sip2Fault(Fault):
    """Root of this package's faults. No detail holds what a message said: messages are personal."""


class Malformed(Sip2Fault):
    """The bytes received are not a message of SIP2 2.00."""

    code = "sip2.malformed"


class ChecksumWrong(Malformed):
    """The message was damaged on its way; its sender may be asked for it again."""

    code = "sip2.checksum_wrong"


class NotSendable(Sip2Fault):
    """A value that the protocol or the agreed code page cannot carry. Nothing was sent."""

    code = "sip2.not_sendable"


class OutOfService(Sip2Fault):
    """No connection, no login, or a system that says it is off-line. Nothing was sent that books."""

    code = "sip2.out_of_service"


class LoginRefused(OutOfService):
    """The system does not let this centre in: login or password are wrong."""

    code = "sip2.login_refused"


class Silent(Sip2Fault):
    """A message was sent and no usable answer came: whether it was carried out is not known."""

    code = "sip2.silent"


class NotTaken(Silent):
    """The system asks for the message again: damaged on its way, it was not carried out. Before a message
    that books is repeated, the state is looked up all the same.
    """
