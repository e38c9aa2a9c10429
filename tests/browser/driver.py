"""A real browser, driven as people use it: Debian's chromium over WebDriver (W3C), nothing between."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import requests

T = TypeVar("T")

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key of an element's reference (WebDriver, 11.1)."""
STARTED = re.compile(rb"started successfully on port (\d+)")
START_LIMIT_S, PATIENCE_S = 60, 20
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=zh-CN",
)


class Browser:
    """One window. ``wait_for`` looks again until something is so; nothing sleeps for a fixed time."""

    def __init__(self, driver: str, session: str, http: requests.Session) -> None:
        self._base = f"{driver}/session/{session}"
        self._http = http

    def open(self, address: str) -> None:
        self._post("url", {"url": address})

    @property
    def address(self) -> str:
        return str(self._get("url"))

    @property
    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    @property
    def source(self) -> str:
        return str(self._get("source"))

    @property
    def cookies(self) -> list[dict[str, Any]]:
        return list(self._get("cookie"))

    def run(self, script: str, *values: object) -> Any:
        return self._post("execute/sync", {"script": script, "args": list(values)})

    def type(self, selector: str, text: str) -> None:
        self._post(f"element/{self._find(selector)}/clear", {})
        self._post(f"element/{self._find(selector)}/value", {"text": text})

    def click(self, selector: str) -> None:
        self._post(f"element/{self._find(selector)}/click", {})

    def submit(self, selector: str) -> None:
        """Clicks what leads to another page, and waits until that one stands."""
        self.run("document.documentElement.dataset.before = 'here'")
        self.click(selector)
        arrived = "return document.readyState === 'complete' && !document.documentElement.dataset.before"
        self.wait_for(lambda: self.run(arrived))

    def read(self, selector: str) -> str:
        return str(self._get(f"element/{self._find(selector)}/text"))

    def wait_for(self, what: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
        """What it answered once it was true. Raises ``AssertionError`` with the page's words."""

        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            try:
                if found := what():
                    return found
            except LookupError:
                pass
            self._a_frame()
        raise AssertionError(f"not so within {patience_s} s: {self.text[:600]}")

    def _a_frame(self) -> None:
        """Lets the page itself say when it has drawn once more; one that is just leaving says nothing."""
        with suppress(LookupError):
            self._post("execute/async", {"script": "requestAnimationFrame(arguments[0])", "args": []})

    def forget(self) -> None:
        """As a browser that was never here, and of its own size again."""
        self._post("goog/cdp/execute", {"cmd": "Emulation.clearDeviceMetricsOverride", "params": {}})
        self._post("goog/cdp/execute", {"cmd": "Network.clearBrowserCookies", "params": {}})

    def size(self, width: int, height: int) -> None:
        """The page's own size, whatever a window may be at the least."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._post("goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})

    def photograph(self, file: Path, *, whole: bool = False) -> None:
        command = {"cmd": "Page.captureScreenshot", "params": {"captureBeyondViewport": whole}}
        if whole:
            size = self.run("const e = document.documentElement; return [e.scrollWidth, e.scrollHeight]")
            clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
            command["params"] = {"captureBeyondViewport": True, "clip": clip}
        file.write_bytes(base64.b64decode(self._post("goog/cdp/execute", command)["data"]))

    def _find(self, selector: str) -> str:
        return str(self._post("element", {"using": "css selector", "value": selector})[ELEMENT])

    def _get(self, path: str) -> Any:
        return _value(self._http.get(f"{self._base}/{path}", timeout=PATIENCE_S))

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return _value(self._http.post(f"{self._base}/{path}", json=body, timeout=PATIENCE_S))


def _value(answer: requests.Response) -> Any:
    found = answer.json()["value"]
    if answer.status_code != requests.codes.ok:
        raise LookupError(f"{found.get('error')}: {found.get('message', '')[:300]}")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A window of its own with nothing remembered; gone, with all it wrote, at the end."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "chromium is missing: make set-up installs it"
    assert chromedriver, "chromedriver is missing: make set-up installs it"
    with tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as directory:
        log = Path(directory) / "driver.log"
        command = [chromedriver, "--port=0", f"--log-path={log}"]
        http = requests.Session()
        http.trust_env = False
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as driver, http:
            try:
                assert driver.stdout
                port = next(int(said[1]) for line in driver.stdout if (said := STARTED.search(line)))
                options = {
                    "binary": chromium,
                    "args": [*ARGUMENTS, f"--user-data-dir={directory}/profile", "--window-size=1920,1080"],
                }
                wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
                base = f"http://127.0.0.1:{port}"
                made = _value(http.post(f"{base}/session", json=wanted, timeout=START_LIMIT_S))
                yield Browser(base, made["sessionId"], http)
                http.delete(f"{base}/session/{made['sessionId']}", timeout=START_LIMIT_S)
            finally:
                driver.terminate()
