"""Remake the pictures of the documentation from the running app: ``make screenshots``.

It starts the app on a free port, opens each view in Chromium, and writes docs/images/NAME.png.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
WIDE, NARROW = (1280, 800), (390, 844)

# name → page, parameters, size, mode
VIEWS: dict[str, tuple[str, dict[str, str], tuple[int, int], str]] = {
    "curve": ("", {"f": "x^3 - 3x", "at_x": "0.5"}, WIDE, "light"),
    "curve-dark": ("", {"f": "x^3 - 3x", "at_x": "0.5", "shade": "true"}, WIDE, "dark"),
    "curve-phone": ("", {"f": "x^3 - 3x", "at_x": "0.5"}, NARROW, "light"),
    "curve-corner": ("", {"f": "abs(x)", "at_x": "0"}, WIDE, "light"),
    "curve-poles": ("", {"f": "tan(x)", "at_x": "1", "lo": "-5", "hi": "5"}, WIDE, "dark"),
    "curve-taylor": ("", {"f": "sin(x)", "at_x": "1", "taylor": "true", "degree": "3"}, WIDE, "light"),
    "partials": ("partials", {}, WIDE, "light"),
    "graph": ("graph", {"step": "6"}, WIDE, "light"),
    "steps": ("steps", {"f": "x^2 sin(x)", "at_x": "1"}, WIDE, "light"),
    "tutorial": ("tutorial", {}, WIDE, "light"),
}


def start() -> tuple[subprocess.Popen[bytes], str]:
    """The app on a free port, and its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    command.append("--server.fileWatcherType=none")
    process = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 (our own app)
    address = f"http://localhost:{port}"
    for _ in range(120):
        try:
            urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310 (our own app)
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return process, address
    process.terminate()
    raise SystemExit("the app did not start")


def main(wanted: list[str]) -> None:
    """Take the pictures of these names, or all."""
    IMAGES.mkdir(exist_ok=True)
    process, address = start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            for name in wanted or VIEWS:
                path, parameters, (width, height), mode = VIEWS[name]
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if mode == "dark" else "light",
                )
                page = context.new_page()
                page.goto(f"{address}/{path}?{urlencode(parameters)}")
                page.wait_for_selector("[data-testid=stMain] h1", state="attached", timeout=60_000)
                page.wait_for_selector(
                    "[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000
                )
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(4_000)
                page.screenshot(path=IMAGES / f"{name}.png")
                context.close()
            browser.close()
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main(sys.argv[1:])
