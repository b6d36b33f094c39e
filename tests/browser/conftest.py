"""A running app and a Chromium to look at it with.

``DERIVLAB_BROWSER=required`` makes a missing browser a failure; without it these tests are skipped there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 30_000
"""Milliseconds that a browser waits for something to appear."""
expect.set_options(timeout=PATIENCE)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test of this folder drives a browser."""
    item.add_marker(pytest.mark.browser)


@contextmanager
def running_app(log: Path) -> Iterator[str]:
    """The address of the app, started on a free port; a traceback in its log is a fault."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310 (our own address)
                break
            except (URLError, OSError):
                if process.poll() is not None:
                    pytest.fail(f"The app ended: {log.read_text()}")
                time.sleep(0.25)
        else:
            pytest.fail(f"The app did not start: {log.read_text()}")
        yield address
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app that the browser tests share."""
    with running_app(tmp_path_factory.mktemp("app") / "log.txt") as address:
        yield address


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[str]:
    """The address of an app that nobody has asked anything yet."""
    with running_app(tmp_path / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that Playwright installed."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        except Error as missing:
            if os.environ.get("DERIVLAB_BROWSER") == "required":
                raise
            pytest.skip(f"no Chromium: {missing}")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, server: str) -> Iterator[Page]:
    """A fresh tab of 1280 × 800 that knows the app's address; an error on its console fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=server)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
