"""``onecard run``: the terminal."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from config.faults import Fault
from config.logging import begin_logging
from config.settings import CentralSettings, ScreenSettings, Settings, SettingsFault, load_profile
from drivers.system.memory import close_memory
from drivers.system.service_manager import ServiceManager, manager_in
from terminal.commands.data_folder import add_place, folder_of
from terminal.commands.exit_codes import Exit

if TYPE_CHECKING:
    from terminal.provisioning.access import CentralAccess
    from terminal.provisioning.published_settings import PublishedSettings

STORIES = "all"
log = logging.getLogger(__name__)


def describe(parser: argparse.ArgumentParser) -> None:
    add_place(parser)
    parser.add_argument(
        "--central", metavar="URL", default="", help="central service; without it an embedded one"
    )
    parser.add_argument("--window", metavar="WxH", help="in a window of this size, not on the full screen")
    parser.add_argument(
        "--public", action="store_true", help="over the whole screen, and nobody leaves it without the staff"
    )
    parser.add_argument(
        "--demo", action="store_true", help="virtual cards and phones; without a display, the stories"
    )
    parser.epilog = (
        "example: onecard run --profile library --central https://central.example\n"
        "example: onecard run --demo --window 1280x800\n"
        "exit codes: 0 ended, 1 could not start, 2 wrong use or settings, 5 ended by staff in public mode"
    )


def run(arguments: argparse.Namespace) -> int:
    close_memory()
    manager = manager_in(os.environ)
    settings = Settings()
    try:
        settings = settings_of(arguments)
        if arguments.demo:
            return demonstrate(arguments, settings)
        return serve(arguments, settings, manager)
    except Fault as fault:
        print(fault, file=sys.stderr)
        if arguments.public and not arguments.demo:
            tell_the_public(settings, manager, fault)
        return Exit.WRONG_USE if isinstance(fault, SettingsFault) else Exit.FAILED
    except ValueError:
        print("--window is a width and a height: --window 1280x800", file=sys.stderr)
        return Exit.WRONG_USE


def tell_the_public(settings: Settings, manager: ServiceManager, fault: Fault) -> None:
    """Show "out of service" on the public screen: standard error is out of sight in a hall."""
    from ui.out_of_service import show_out_of_service
    from ui.window import make_application

    public = settings.screen.model_copy(update={"public": True, "full_screen": True})
    show_out_of_service(
        make_application(sys.argv[:1]), manager, settings.model_copy(update={"screen": public}), fault
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The profile with what the command line says. Raises ``SettingsFault``, ``ValueError``."""
    settings = load_profile(arguments.profile, arguments.city)
    screen = settings.screen
    if arguments.window:
        width, height = map(int, arguments.window.lower().split("x"))
        screen = ScreenSettings.model_validate(
            {**screen.model_dump(), "width": width, "height": height, "full_screen": False}
        )
    if arguments.public:
        screen = screen.model_copy(update={"public": True, "full_screen": True})
    central = settings.central
    if arguments.central:
        central = CentralSettings(url=arguments.central, budget_ms=central.budget_ms)
    return settings.model_copy(update={"screen": screen, "central": central})


def has_display() -> bool:
    """Whether a person could see a window. Xvfb counts: somebody asked for it."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demonstrate(arguments: argparse.Namespace, settings: Settings) -> int:
    """With a display, a counter and a tray of cards, phones and books; without, the stories."""
    if not has_display():
        from ui.commands import story

        print("no display: the stories are told through the same code\n", flush=True)
        return story.run(
            argparse.Namespace(
                story=STORIES,
                json=False,
                pictures=story.PICTURES,
                kill_centre=False,
                at=None,
                log=None,
                city=settings.city,
            )
        )
    from ui.counter import run_until_told
    from ui.demonstration import Demonstration
    from ui.tray import Tray
    from ui.window import make_application

    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="onecard-", ignore_cleanup_errors=True) as folder:
        data = arguments.data or Path(folder)
        begin_logging(data / "logs")
        if not arguments.window:
            screen = settings.screen.model_copy(update={"full_screen": False, "width": 1280, "height": 800})
            settings = settings.model_copy(update={"screen": screen})
        demonstration = Demonstration(settings, data, settings.central.url)
        demonstration.start()
        tray = Tray(demonstration)

        def stop() -> None:
            tray.close()
            demonstration.stop()

        return run_until_told(application, stop)


def serve(arguments: argparse.Namespace, settings: Settings, manager: ServiceManager) -> int:
    """The real thing: this machine's readers, camera and scanner."""
    from PySide6.QtCore import QTimer

    from terminal.app.embedded import EmbeddedCentral
    from terminal.provisioning.access import new_secret, to_city, to_embedded
    from terminal.provisioning.adoption import IN_SERVICE_AFTER_S
    from terminal.provisioning.published_settings import PublishedSettings
    from ui.counter import Counter, run_until_told
    from ui.heartbeat import Heartbeat
    from ui.window import make_application

    data: Path = arguments.data.expanduser() if arguments.data else folder_of(settings)
    begin_logging(data / "logs")
    application = make_application(sys.argv[:1])
    secret = new_secret()
    central = (
        None
        if settings.central.url
        else EmbeddedCentral(data / "central", demonstration=True, secret=secret, city=settings.city)
    )
    published: PublishedSettings | None = None
    try:
        if central:
            central.start()
            access = to_embedded(central.url, secret, central.authority_file)
        else:
            access = to_city(settings, data, os.environ)
            published = PublishedSettings(settings, data, access)
            settings = published.start()
        counter = Counter(settings, data, access)
        heartbeat = Heartbeat(manager, counter.window.window)

        def stop() -> None:
            heartbeat.end()
            counter.stop()

        heartbeat.begin()
        counter.start()
        settled = QTimer(counter.window.window)
        settled.setSingleShot(True)
        settled.timeout.connect(lambda: keep_as_good(published))
        settled.start(int(IN_SERVICE_AFTER_S * 1000))
        return run_until_told(application, stop, lambda: counter.at_rest)
    except Fault:
        if published:
            fetch_while_out_of_service(published, access)
        raise
    finally:
        if central:
            central.stop()


def keep_as_good(published: PublishedSettings | None) -> None:
    """Keep the published settings of this start: the terminal has reached service with them."""
    try:
        if published:
            published.in_service()
    except OSError as error:
        log.warning("the settings in use could not be kept as the last good ones: %s", error.strerror)


def fetch_while_out_of_service(published: PublishedSettings, access: CentralAccess) -> None:
    """Fetch corrected settings once before the terminal ends; the next start uses them."""
    try:
        if published.fetch(access.client()):
            log.warning("newer settings were fetched; the next start uses them")
    except (Fault, OSError) as error:
        log.info("no newer settings: %s", error)
