"""The application and its window: fonts, style, the engine, and what the keyboard is for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import qrcode
import shiboken6
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickImageProvider, QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from config.faults import Fault
from config.settings import NightSettings, ScreenSettings
from ui.house_model import HouseModel
from ui.kiosk_model import KioskModel
from ui.staff.model import StaffModel
from ui.wedge_keys import WedgeKeys
from ui.window_guard import WindowGuard

QML = Path(__file__).parent / "qml"
FONT = "Noto Sans CJK SC"
QUIET_ZONE = 4
RECEIPT_LIMIT = 1200


class WindowNotShown(Fault):
    """The screens could not be loaded; the detail says why."""

    code = "settings.window"


class QrPictures(QQuickImageProvider):
    """``image://qr/TEXT``: the text as a QR code, one pixel a module, with its quiet zone."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, wanted: QSize) -> QImage:
        return qr_picture(unquote(id)[:RECEIPT_LIMIT])


def qr_picture(text: str) -> QImage:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    picture = QImage(len(modules), len(modules), QImage.Format.Format_Grayscale8)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            picture.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    return picture


def make_application(arguments: list[str]) -> QGuiApplication:
    """The application with its style and font; without a display it draws in memory."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    for variable in ("QT_IM_MODULE", "QT_IM_MODULES"):
        # IBus and fcitx take a scanner's keys for syllables; the screen has its own keys for Chinese.
        os.environ[variable] = "compose"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")
    application = QGuiApplication.instance() or QGuiApplication(arguments)
    assert isinstance(application, QGuiApplication)  # noqa: S101 (no other kind is made here)
    QQuickStyle.setStyle("OnecardStyle")
    QQuickStyle.setFallbackStyle("Basic")
    application.setApplicationName("Onecard Terminal")
    if FONT in QFontDatabase.families():
        application.setFont(QFont(FONT))
    return application


class KioskWindow:
    """The window over a model. ``scanned`` gets the scans of a keyboard wedge; ``broken`` is called for one
    that was cut off."""

    def __init__(
        self,
        model: KioskModel,
        settings: ScreenSettings,
        scanned: Callable[[str], None],
        staff: StaffModel | None = None,
        night: NightSettings | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        live: QQuickImageProvider | None = None,
        paper: QQuickImageProvider | None = None,
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        model.set_theme(
            high_contrast=settings.theme == "high_contrast", reduced_motion=settings.reduced_motion
        )
        model.set_density(settings.dots_per_inch)
        self._model = model
        self._staff = staff or StaffModel()
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(QML))
        self.engine.addImageProvider("qr", QrPictures())
        if live:
            self.engine.addImageProvider("camera", live)
        if paper:
            self.engine.addImageProvider("paper", paper)
        self.house = HouseModel(
            model, self._staff, night or NightSettings(), public=settings.public, monotonic=monotonic
        )
        self.engine.setInitialProperties({"kiosk": model, "staff": self._staff, "house": self.house})
        self.engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise WindowNotShown("Main.qml did not load")
        self.window = roots[0]
        self.window.setWidth(settings.width)
        self.window.setHeight(settings.height)
        self._keys = WedgeKeys(scanned, monotonic, broken)
        self.window.installEventFilter(self._keys)
        self.guard = WindowGuard(self.window, self.house, public=settings.public)
        if settings.public:
            self.guard.show_public()
        elif settings.full_screen and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
            self.window.showFullScreen()
        else:
            self.window.show()

    def retranslate(self) -> None:
        """Texts of the QML in the language now installed."""
        self.engine.retranslate()

    def photograph(self) -> QImage:
        """Present content of the window."""
        return self.window.grabWindow()

    def close(self) -> None:
        """Ends engine, screens and model here and now, in this order and on Qt's thread.

        Left to Python, they would end with the last reference to them, and what stands in a reference
        cycle ends wherever the collector happens to run: on a device's thread that crashes Qt.
        """
        self.window.removeEventFilter(self._keys)
        self.window.close()
        shiboken6.delete(self._keys)
        shiboken6.delete(self.engine)
        shiboken6.delete(self._model)
        shiboken6.delete(self._staff)
