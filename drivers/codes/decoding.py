"""From a picture to the codes in it: zxing-cpp on a ladder of views, and evidence for linear codes.

A QR code corrects its errors and is believed at first sight. A linear code is not: blurred, about one
EAN-13 read in a hundred is wrong and passes its check digit. It needs the bars of its number in the picture
(``ean_evidence``) or agreement of looks by text and place (``agreement``).
"""

from __future__ import annotations

import time

import cv2
import numpy as np
import zxingcpp

from drivers.codes.agreement import LIKELY, NEEDED, UNCLEAR, Agreement
from drivers.codes.decoded import DecodedCode
from drivers.codes.ean_evidence import fit, points
from drivers.codes.place import Place
from drivers.codes.views import LADDER, LIVE, Picture, Rung

QR = zxingcpp.BarcodeFormat.QRCode
LINEAR = (
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.Codabar,
)
FRAME_BUDGET_MS = 12.0
NUDGES = ((0.97, 1.0), (1.03, -1.0), (0.99, 2.0), (1.02, -2.0))
"""Scale and turn in degrees: a still picture looked at as a hand would have shown it."""


def look(picture: Picture, rung: Rung) -> tuple[DecodedCode, ...]:
    """Codes that one rung finds: codes of people with everything the decoder has, barcodes without what takes
    half its time and reads no more of them (white on black, and smaller copies: the ladder has its own)."""
    view = rung.view(picture)
    factor = picture.shape[1] / view.shape[1]
    return (
        *_read(view, rung, (QR,), factor, thorough=True),
        *_read(view, rung, LINEAR, factor, thorough=False),
    )


def _read(
    view: Picture, rung: Rung, formats: tuple[zxingcpp.BarcodeFormat, ...], factor: float, *, thorough: bool
) -> tuple[DecodedCode, ...]:
    return tuple(
        DecodedCode(found.format.name, found.text, bytes(found.bytes), _place(found.position).scaled(factor))
        for found in zxingcpp.read_barcodes(
            view,
            formats=zxingcpp.BarcodeFormats(formats),
            binarizer=rung.binarizer.value,
            text_mode=zxingcpp.TextMode.Plain,
            try_downscale=thorough,
            try_invert=thorough,
        )
        if found.valid
    )


def _place(position: zxingcpp.Position) -> Place:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return Place(*((float(corner.x), float(corner.y)) for corner in corners))


def evidence(picture: Picture, code: DecodedCode) -> int:
    """Points of one look, 0 to ``NEEDED``."""
    match code.symbology:
        case "EAN13" if code.place:
            return points(fit(picture, code.untrusted_text, code.place))
        case "Code128" | "Code39" | "Codabar" | "EAN13":
            return LIKELY
        case _:
            return NEEDED


def decode(picture: Picture, budget_ms: float = float("inf")) -> tuple[DecodedCode, ...]:
    """All codes in a still image, each once; rungs are climbed until one decodes or time is up.

    A linear code without evidence of its own counts when further rungs, or the picture turned and scaled a
    little, show the same text at the same place.
    """
    ends = time.monotonic() + budget_ms / 1000
    agreement = Agreement()
    doubtful: set[DecodedCode] = set()
    for rung in LADDER:
        seen = look(picture, rung)
        if sure := _sure(picture, agreement, seen, still=True):
            return sure
        doubtful.update(seen)
        if time.monotonic() > ends:
            return ()
    return _nudged(picture, agreement) if doubtful else ()


def _nudged(picture: Picture, agreement: Agreement) -> tuple[DecodedCode, ...]:
    height, width = picture.shape
    for rung in LADDER:
        for scale, degrees in NUDGES:
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
            warped = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
            nudged = np.asarray(warped, dtype=np.uint8)
            if sure := _sure(nudged, agreement, look(nudged, rung), still=True):
                return sure
    return ()


def _sure(
    picture: Picture, agreement: Agreement, seen: tuple[DecodedCode, ...], *, still: bool = False
) -> tuple[DecodedCode, ...]:
    """Those of ``seen`` believed now. A still picture's Code 128 is: its check character leaves 1 in 103."""
    agreement.next_frame()
    for code in seen:
        at_once = still and code.symbology == "Code128"
        known = agreement.points(code) >= NEEDED
        agreement.add(code, NEEDED if at_once else UNCLEAR if known else evidence(picture, code))
    return agreement.believed(seen)


class FrameDecoder:
    """Live frames: the plain look at each, and while nothing is seen further rungs in turn, one at least
    and as many as fit into the budget. A code held still meets every remedy within as many frames, on the
    slowest machine too.

    Not for use by two threads.
    """

    def __init__(self) -> None:
        self._next = 1
        self._agreement = Agreement()

    def decode(self, picture: Picture) -> tuple[DecodedCode, ...]:
        """The codes of this frame that are believed by now."""
        began = time.monotonic()
        seen = look(picture, LIVE[0])
        for tried in range(len(LIVE) - 1):
            if seen or (tried and (time.monotonic() - began) * 1000 > FRAME_BUDGET_MS):
                break
            seen = look(picture, LIVE[self._next])
            self._next = self._next % (len(LIVE) - 1) + 1
        return _sure(picture, self._agreement, seen)
