"""A card laid down at the sign-in page: read on its reader's thread, and no visit begins with it."""

from __future__ import annotations

from collections.abc import Callable

from config.faults import Fault
from drivers.cards.social_security import SocialSecurityCardFiles
from drivers.pcsc.readers import Readers
from terminal.identification.card_reading import Read, credential_of
from terminal.staff.desk import StaffDesk
from terminal.staff.events import NotSignedIn


class StaffCards:
    """``read`` is how this terminal reads cards; ``refuse_blocked`` raises a fault for one reported lost."""

    def __init__(
        self,
        readers: Readers,
        read: Read,
        refuse_blocked: Callable[[str], None],
        desk: StaffDesk,
        post: Callable[[NotSignedIn], None],
    ) -> None:
        self._readers = readers
        self._read = read
        self._refuse_blocked = refuse_blocked
        self._desk = desk
        self._post = post

    def read(self, reader: str) -> None:
        """Returns at once; ``SignedIn`` or ``NotSignedIn`` follows."""

        def answer(result: SocialSecurityCardFiles | Fault) -> None:
            try:
                if isinstance(result, Fault):
                    raise result
                card = credential_of(result)
                self._refuse_blocked(card.subject_key)
            except Fault as fault:
                self._post(NotSignedIn(fault.code))
            else:
                self._desk.sign_in_with_card(card)

        self._readers.run(reader, self._read, answer)
