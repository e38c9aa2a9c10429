"""Why an account is not made, a password not taken, or somebody not let in."""

from __future__ import annotations

from config.faults import Fault


class NotLetIn(Fault):
    """Wrong name or password: which of them is not said."""

    code = "official.not_let_in"


class LockedOut(Fault):
    """Too many wrong passwords for this account, or from this address."""

    code = "official.locked_out"


class PasswordWeak(Fault):
    """Too short, too plain, or the one before."""

    code = "official.password_weak"


class NotAccount(Fault):
    """A name, role or department that cannot be; the detail says which."""

    code = "official.not_account"
