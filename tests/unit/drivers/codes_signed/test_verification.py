"""A signed code is taken once, here, now, from its phone; anything else is refused by name."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from config.faults import Fault
from domain.codes import cose, e_card, ride_code_making, sm2
from domain.codes.e_card import AgeBand, Presentation
from domain.codes.faults import (
    AuthorisationExpired,
    CertificateExpired,
    ClockUntrusted,
    CodeFault,
    Damaged,
    Expired,
    Forged,
    NotYetValid,
    OverLimit,
    Replayed,
    UnknownIssuer,
    WrongAudience,
)
from domain.codes.trust import ECardIssuer, Here, RideCodeAuthority, TrustAnchors, anchors
from domain.codes.verification import VerifiedECard, VerifiedRideCode
from tests.unit.drivers.codes_signed.samples import (
    ACCOUNT,
    ANCHORS,
    AUTHORITY_KEY,
    CREDENTIAL,
    DAY,
    HERE,
    ISSUER_KEY,
    KEY_ID,
    NOW,
    OTHER_KEY,
    PHONE_KEY,
    RIDE_ISSUER,
    RIDE_ISSUER_KEY,
    RIDER_KEY,
    Terminal,
    bytes_in,
    e_card_text,
    flipped,
    ride_code_bytes,
    text_of,
)

SECOND = timedelta(seconds=1)
LIBRARY = Here("library")


def refused(terminal: Terminal, code: str | bytes, **how: object) -> type[Fault]:
    with pytest.raises(CodeFault) as caught:
        terminal.take(code, **how)  # type: ignore[arg-type]
    return caught.type


def test_an_electronic_card_says_who_shows_it_and_no_more_than_needed(terminal: Terminal) -> None:
    card = terminal.take(e_card_text())
    assert isinstance(card, VerifiedECard)
    assert (card.holder, card.masked_name, card.ages) == ("c2FtcGxlMDE", "张**", AgeBand(60, 64))
    assert card.entitlements == {e_card.Entitlement.VETERAN}
    assert card.made_at == NOW
    assert "张" not in repr(card)
    assert card.holder not in repr(card)


def test_a_ride_code_says_whose_account_pays(terminal: Terminal) -> None:
    ride = terminal.take(ride_code_bytes())
    assert isinstance(ride, VerifiedRideCode)
    assert ride.payment_account == ACCOUNT.payment_account
    assert ride.card_account == ACCOUNT.card_account
    assert ride.issuer == RIDE_ISSUER
    assert ride.single_ride_limit_fen == 2000
    assert ACCOUNT.payment_account not in repr(ride)


def test_every_bit_of_an_electronic_card_matters(terminal: Terminal) -> None:
    for changed in flipped(bytes_in(e_card_text())):
        assert issubclass(refused(terminal, text_of(changed)), Damaged | Forged | UnknownIssuer)
    terminal.take(e_card_text())


def test_every_bit_of_a_ride_code_matters(terminal: Terminal) -> None:
    account = dataclasses.replace(ACCOUNT, own_field=b"own")
    for changed in flipped(ride_code_bytes(account)):
        assert issubclass(refused(terminal, changed), Damaged | Forged | UnknownIssuer)
    terminal.take(ride_code_bytes(account))


def test_a_code_cut_anywhere_is_refused(terminal: Terminal) -> None:
    text, ride = e_card_text(), ride_code_bytes()
    for length in range(len(text)):
        assert refused(terminal, text[:length]) is Damaged
    for length in range(len(ride)):
        assert refused(terminal, ride[:length]) is Damaged


@pytest.mark.parametrize("more", ["0", "00", "000", " ", "\n"])
def test_a_code_with_something_after_its_end_is_refused(terminal: Terminal, more: str) -> None:
    assert refused(terminal, e_card_text() + more) is Damaged
    assert refused(terminal, ride_code_bytes() + more.encode()) is Damaged


def test_a_code_for_another_service_is_refused_here(terminal: Terminal) -> None:
    assert refused(terminal, e_card_text(audience="library")) is WrongAudience
    assert refused(terminal, ride_code_bytes(), here=LIBRARY) is WrongAudience
    assert isinstance(terminal.take(e_card_text(audience="library"), here=LIBRARY), VerifiedECard)


def test_a_forged_code_does_not_learn_what_else_is_wrong(terminal: Terminal) -> None:
    """Signatures are asked before audience, and audience before time."""
    late = e_card_text(audience="library", made_at=NOW - DAY)
    assert refused(terminal, late) is WrongAudience
    content = bytearray(bytes_in(late))
    content[-1] ^= 1
    assert refused(terminal, text_of(bytes(content))) is Forged


def test_a_screenshot_is_refused_once_its_seconds_are_over(terminal: Terminal) -> None:
    """30 s of life and 10 s between two clocks."""
    assert refused(terminal, e_card_text(), now=NOW + 41 * SECOND) is Expired
    assert refused(terminal, ride_code_bytes(), now=NOW + 41 * SECOND) is Expired
    terminal.take(e_card_text(), now=NOW + 40 * SECOND)
    terminal.take(ride_code_bytes(), now=NOW + 40 * SECOND)


def test_a_ride_code_cannot_give_itself_a_long_life(terminal: Terminal) -> None:
    code = ride_code_bytes(dataclasses.replace(ACCOUNT, valid_for_s=65535))
    assert refused(terminal, code, now=NOW + 131 * SECOND) is Expired


def test_a_phone_whose_clock_is_ahead_is_told_so(terminal: Terminal) -> None:
    assert refused(terminal, e_card_text(made_at=NOW + 11 * SECOND)) is NotYetValid
    assert refused(terminal, ride_code_bytes(made_at=NOW + 11 * SECOND)) is NotYetValid
    terminal.take(e_card_text(made_at=NOW + 10 * SECOND))


def test_a_credential_counts_only_between_its_days(terminal: Terminal) -> None:
    later = dataclasses.replace(CREDENTIAL, not_before=NOW + DAY)
    over = dataclasses.replace(CREDENTIAL, not_after=NOW - SECOND)
    assert refused(terminal, e_card_text(later)) is NotYetValid
    assert refused(terminal, e_card_text(over)) is AuthorisationExpired
    over_ride = dataclasses.replace(ACCOUNT, authorised_until=NOW - SECOND)
    assert refused(terminal, ride_code_bytes(over_ride)) is AuthorisationExpired


def test_an_issuer_that_is_not_trusted_is_nobody(terminal: Terminal) -> None:
    assert refused(terminal, e_card_text(), trust=anchors()) is UnknownIssuer
    assert refused(terminal, ride_code_bytes(), trust=anchors()) is UnknownIssuer


def other_keys() -> TrustAnchors:
    """The right names over the wrong keys."""
    issuer = ANCHORS.e_card_issuers[KEY_ID]
    return anchors(
        [dataclasses.replace(issuer, public_key=cose.compressed(OTHER_KEY))],
        [RideCodeAuthority(1, RIDER_KEY.public_key().compressed)],
    )


def test_a_name_alone_is_not_an_issuer(terminal: Terminal) -> None:
    assert refused(terminal, e_card_text(), trust=other_keys()) is Forged
    assert refused(terminal, ride_code_bytes(), trust=other_keys()) is Forged


def test_an_issuer_whose_time_is_over_signs_for_nobody(terminal: Terminal) -> None:
    gone = ECardIssuer(KEY_ID, ANCHORS.e_card_issuers[KEY_ID].public_key, NOW - 2 * DAY, NOW - DAY)
    assert refused(terminal, e_card_text(), trust=anchors([gone])) is CertificateExpired
    assert refused(terminal, ride_code_bytes(last_month=(2026, 4))) is CertificateExpired
    terminal.take(ride_code_bytes(last_month=(2026, 5)))


def test_a_stolen_credential_is_worth_nothing_without_its_phone(terminal: Terminal) -> None:
    """Who copies a credential off the wire cannot sign the moment."""
    credential = e_card.take_apart(e_card_text()).presentation.payload
    shown = e_card.present(credential, Presentation(NOW, b"none"), cose.signing_with(OTHER_KEY))
    assert refused(terminal, shown) is Forged


def test_one_credential_cannot_be_put_into_anothers_presentation(terminal: Terminal) -> None:
    mine, theirs = (
        cose.parse(bytes_in(e_card_text(CREDENTIAL))),
        cose.parse(bytes_in(e_card_text(dataclasses.replace(CREDENTIAL, holder="c29tZW9uZQ")))),
    )
    swapped = cose.TAG + cose.cbor.encode([mine.protected, {}, theirs.payload, mine.signature])
    assert refused(terminal, text_of(swapped)) is Forged


def test_a_certificate_for_one_issuer_does_not_vouch_for_the_accounts_of_another(terminal: Terminal) -> None:
    other = dataclasses.replace(ACCOUNT, issuer=bytes.fromhex("99999999"))
    assert refused(terminal, ride_code_bytes(other)) is Forged


def test_a_phone_key_off_the_curve_is_refused(terminal: Terminal) -> None:
    """Signed by the issuer, for whatever reason: still no key."""
    missing = next(
        point for point in (b"\x02" + number.to_bytes(32) for number in range(1, 100)) if not _on_p_256(point)
    )
    assert refused(terminal, e_card_text(dataclasses.replace(CREDENTIAL, phone_key=missing))) is Damaged
    off_curve = next(
        point for point in (b"\x02" + number.to_bytes(32) for number in range(1, 100)) if not _on_sm2(point)
    )
    assert refused(terminal, ride_code_bytes(dataclasses.replace(ACCOUNT, user_key=off_curve))) is Damaged


def _on_p_256(point: bytes) -> bool:
    try:
        cose.public_key(point)
    except Damaged:
        return False
    return True


def _on_sm2(point: bytes) -> bool:
    try:
        sm2.whole_point(point)
    except Damaged:
        return False
    return True


def test_without_a_trusted_clock_no_code_is_judged(terminal: Terminal) -> None:
    assert refused(terminal, e_card_text(), trusted=False) is ClockUntrusted
    assert refused(terminal, ride_code_bytes(), trusted=False) is ClockUntrusted


def test_a_clock_set_back_does_not_bring_a_screenshot_back(terminal: Terminal) -> None:
    terminal.take(e_card_text(nonce=b"new1", made_at=NOW + 600 * SECOND), now=NOW + 600 * SECOND)
    assert refused(terminal, e_card_text(), now=NOW) is ClockUntrusted
    assert refused(terminal, ride_code_bytes(), now=NOW) is ClockUntrusted


def test_a_clock_that_synchronises_by_a_few_seconds_is_still_believed(terminal: Terminal) -> None:
    terminal.take(e_card_text(nonce=b"new1"), now=NOW + 4 * SECOND)
    terminal.take(e_card_text(nonce=b"new2"), now=NOW)


@pytest.mark.parametrize("code", [e_card_text(), ride_code_bytes()], ids=["electronic card", "ride code"])
def test_a_code_is_taken_once_also_after_a_restart(terminal: Terminal, code: str | bytes) -> None:
    terminal.take(code)
    assert refused(terminal, code) is Replayed
    terminal.restart()
    assert refused(terminal, code, now=NOW + SECOND) is Replayed


def test_another_signature_over_the_same_moment_is_the_same_code(terminal: Terminal) -> None:
    """ECDSA signs differently each time; and (r, n - s) verifies as (r, s) does."""
    text = e_card_text()
    terminal.take(text)
    content = bytes_in(text)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = content[:-32] + (order - int.from_bytes(content[-32:])).to_bytes(32)
    assert refused(terminal, text_of(twin)) is Replayed
    assert refused(terminal, e_card_text()) is Replayed


def test_two_terminals_that_share_a_disk_take_a_code_once(terminal: Terminal) -> None:
    other = Terminal(terminal.path)
    terminal.take(e_card_text())
    assert refused(other, e_card_text()) is Replayed
    other.table.close()


def test_what_was_refused_used_nothing_up(terminal: Terminal) -> None:
    assert refused(terminal, ride_code_bytes(), here=dataclasses.replace(HERE, fare_fen=2001)) is OverLimit
    assert refused(terminal, e_card_text(), trusted=False) is ClockUntrusted
    terminal.take(ride_code_bytes())
    terminal.take(e_card_text())


def test_deleting_the_table_opens_nothing_again(terminal: Terminal, tmp_path: Path) -> None:
    terminal.take(e_card_text())
    terminal.table.close()
    for file in tmp_path.iterdir():
        file.unlink()
    terminal.restart(NOW + 2 * SECOND)
    assert refused(terminal, e_card_text(), now=NOW + 2 * SECOND) is Expired
    terminal.take(e_card_text(made_at=NOW + 3 * SECOND), now=NOW + 3 * SECOND)


def test_a_damaged_table_is_put_aside_and_opens_nothing_again(terminal: Terminal) -> None:
    terminal.take(e_card_text())
    terminal.table.close()
    terminal.path.write_bytes(b"no database at all" * 500)
    terminal.restart(NOW + 2 * SECOND)
    assert refused(terminal, e_card_text(), now=NOW + 2 * SECOND) is Expired
    assert terminal.path.with_name(terminal.path.name + ".damaged").exists()


def test_two_anchors_of_one_name_are_a_mistake() -> None:
    issuer = ANCHORS.e_card_issuers[KEY_ID]
    with pytest.raises(ValueError, match="one name"):
        anchors([issuer, issuer])
    authority = RideCodeAuthority(1, AUTHORITY_KEY.public_key().compressed)
    with pytest.raises(ValueError, match="one name"):
        anchors((), [authority, authority])


def test_a_credential_too_large_for_a_code_is_never_issued() -> None:
    kinds = frozenset({1, 2, 3, 4})
    with pytest.raises(ValueError, match="fits"):
        e_card_text(dataclasses.replace(CREDENTIAL, entitlements=kinds))
    with pytest.raises(ValueError, match="too long"):
        ride_code_making.authorise(b"", dataclasses.replace(ACCOUNT, own_field=b"x" * 33), RIDE_ISSUER_KEY)


def test_the_longest_code_fits_the_limit(terminal: Terminal) -> None:
    longest = dataclasses.replace(CREDENTIAL, holder="A" * 11, entitlements=frozenset({7, 8, 9}))
    text = e_card_text(longest, audience="A" * 8)
    assert len(bytes_in(text)) <= e_card.LONGEST
    assert isinstance(terminal.take(text, here=Here("A" * 8)), VerifiedECard)


def test_a_phone_makes_a_code_with_no_network(terminal: Terminal) -> None:
    credential = e_card.issue(CREDENTIAL, KEY_ID, cose.signing_with(ISSUER_KEY))
    for number in range(3):
        shown = Presentation(NOW, number.to_bytes(4))
        terminal.take(e_card.present(credential, shown, cose.signing_with(PHONE_KEY)))
