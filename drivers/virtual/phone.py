"""A virtual phone, or a book with its barcode, held before a camera by an unsteady hand."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import qrcode
import zxingcpp
from numpy.typing import NDArray

Colour = NDArray[np.uint8]
"""Blue, green, red; height by width by 3."""

WIDTH, HEIGHT = 1280, 720
GROUND = (96, 88, 80)
BEZEL = (24, 22, 20)
PAPER = (232, 238, 240)


@dataclass(frozen=True, slots=True)
class Hand:
    """How a thing is held. ``tilt`` is the shift of a corner as a share of the side; ``turn`` in degrees;
    ``blur`` the sigma of the focus in pixels; ``glare`` 0 to 1; ``noise`` the sigma of grey values;
    ``size`` the code's side as a share of the frame's height; ``moved`` how many pixels while the shutter
    was open; ``stripes`` of a flickering screen, 0 to 1; ``contrast`` what is left of it."""

    tilt: float = 0.04
    turn: float = 4.0
    blur: float = 0.8
    glare: float = 0.35
    noise: float = 4.0
    size: float = 0.55
    moved: int = 0
    stripes: float = 0.0
    contrast: float = 1.0


STEADY = Hand()


def empty_counter() -> Colour:
    """Picture of the camera without a phone."""
    frame = np.full((HEIGHT, WIDTH, 3), GROUND, np.uint8)
    shade = np.linspace(0.75, 1.1, WIDTH)[None, :, None]
    return np.clip(frame * shade, 0, 255).astype(np.uint8)


def phone_showing(content: str | bytes, hand: Hand = STEADY, seed: int = 0) -> Colour:
    """A frame with a phone that shows ``content`` as a QR code, level M."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, box_size=8)
    code.add_data(content)
    code.make(fit=True)
    modules = np.array(code.get_matrix(), dtype=np.uint8)
    square = np.kron(255 - modules * 255, np.ones((8, 8), np.uint8)).astype(np.uint8)
    return held(_on_screen(square), hand, seed)


def book_with(barcode: str, hand: Hand = STEADY, seed: int = 0) -> Colour:
    """A frame with a book cover that carries ``barcode``: EAN-13 where it is one, else Code 128."""
    ean = len(barcode) == 13 and barcode.isdigit()
    format = zxingcpp.BarcodeFormat.EAN13 if ean else zxingcpp.BarcodeFormat.Code128
    symbol = zxingcpp.create_barcode(barcode, format)
    bars = np.array(symbol.to_image(scale=3, add_quiet_zones=True))
    label = np.full((bars.shape[0] + 60, bars.shape[1] + 60), 255, np.uint8)
    label[30:-30, 30:-30] = bars
    return held(np.asarray(cv2.cvtColor(label, cv2.COLOR_GRAY2BGR), dtype=np.uint8), hand, seed)


def _on_screen(square: NDArray[np.uint8]) -> Colour:
    side = square.shape[0]
    screen = np.full((round(side * 1.5), round(side * 1.12), 3), PAPER, np.uint8)
    top, left = round(side * 0.28), round(side * 0.06)
    screen[top : top + side, left : left + side] = cv2.cvtColor(square, cv2.COLOR_GRAY2BGR)
    framed = cv2.copyMakeBorder(screen, 26, 26, 18, 18, cv2.BORDER_CONSTANT, value=BEZEL)
    return np.asarray(framed, dtype=np.uint8)


def held(thing: Colour, hand: Hand, seed: int) -> Colour:
    """The thing as the camera sees it: turned, tilted, lit, out of focus, noisy."""
    random = np.random.default_rng(seed)
    height, width = thing.shape[:2]
    scale = hand.size * HEIGHT / width if width >= height else hand.size * 1.5 * HEIGHT / height
    centre = np.array([WIDTH / 2, HEIGHT / 2]) + random.uniform(-30, 30, 2)
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2 * scale
    angle = np.deg2rad(random.uniform(-hand.turn, hand.turn))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = random.uniform(-hand.tilt, hand.tilt, (4, 2)) * max(width, height) * scale
    target = (corners @ turn.T + centre + shift).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    transform = cv2.getPerspectiveTransform(source, target)
    frame = empty_counter()
    cv2.warpPerspective(thing, transform, (WIDTH, HEIGHT), frame, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    return _lit(frame, hand, random)


def _lit(frame: Colour, hand: Hand, random: np.random.Generator) -> Colour:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    spot = random.uniform([WIDTH * 0.3, HEIGHT * 0.3], [WIDTH * 0.7, HEIGHT * 0.7])
    distance = ((x - spot[0]) ** 2 + (y - spot[1]) ** 2) / (2 * (HEIGHT * 0.12) ** 2)
    lit = frame + (255.0 * hand.glare * np.exp(-distance))[:, :, None]
    if hand.stripes:
        lit = (
            lit
            * (0.7 + 0.7 * hand.stripes * np.sin(np.arange(HEIGHT) / random.uniform(5, 12)))[:, None, None]
        )
    if hand.contrast != 1:
        lit = lit * hand.contrast + 30
    if hand.noise:
        lit = lit + random.normal(0, hand.noise * min(1.0, hand.contrast * 3), lit.shape)
    seen: Colour = np.clip(lit, 0, 255).astype(np.uint8)
    if hand.blur:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), hand.blur), dtype=np.uint8)
    return _moved(seen, hand.moved, random.uniform(0, 180)) if hand.moved else seen


def _moved(seen: Colour, pixels: int, direction: float) -> Colour:
    """Smeared along a line."""
    line = np.zeros((pixels, pixels), np.float32)
    line[pixels // 2] = 1
    middle = (pixels / 2 - 0.5, pixels / 2 - 0.5)
    turned = cv2.warpAffine(line, cv2.getRotationMatrix2D(middle, direction, 1), (pixels, pixels))
    return np.asarray(cv2.filter2D(seen, -1, turned / turned.sum()), dtype=np.uint8)
