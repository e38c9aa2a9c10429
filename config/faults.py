"""The root of every error this product names.

Tree (each leaf has one stable ``code`` that screens, log and contract share):

    Fault
      ReaderFault     a person must look at the device; the terminal keeps retrying
      CardFault       the card must be presented again, or is refused
      CodeFault       a code before the camera or scanner cannot be used
      CentralFault    the central service; says what to do next, never loses work
      SettingsFault   the configuration is wrong; the terminal does not start

Every code is listed in ``config/fault_codes.toml`` with who acts and what to do.
"""

from __future__ import annotations

from typing import ClassVar


class Fault(Exception):
    """An error with a stable code.

    ``detail`` is for the log and the clerk; it never holds personal data.
    """

    code: ClassVar[str]

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code
