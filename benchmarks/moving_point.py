"""Moving the point on the contour map to the settled page, against a bare Streamlit page with equally large
figures.

Run: ``python benchmarks/moving_point.py``. Needs Chromium. Both pages stand open in one browser and take
turns; the bare one shows the very same figures, read from a file, and nothing else. A page has settled when
nothing in it has changed for a while.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from measure import row, told
from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
ROUNDS = 12
QUIET = 700
"""Milliseconds without a change after which a page has settled."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
]
BARE = """
import json
import streamlit as st
from pathlib import Path
st.set_page_config(layout="wide")
sets = json.loads(Path(__file__).with_name("figures.json").read_text())
st.button("next", on_click=lambda: st.session_state.update(n=st.session_state.get("n", 0) + 1))
figures = sets[st.session_state.get("n", 0) % len(sets)]
for place in (0, 2):
    for column, figure in zip(st.columns(2), figures[place:place + 2]):
        column.plotly_chart(figure, theme=None, key=f"chart{place}{figures.index(figure)}")
"""
WATCH = """() => {
  window.changed = performance.now()
  const note = () => (window.changed = performance.now())
  new MutationObserver(note).observe(document.body, {childList: true, subtree: true, attributes: true, characterData: true})
}"""


def figures_at(points: list[tuple[float, float]]) -> list[list[dict[str, object]]]:
    """The figures that the Partials page sends for each point."""
    found = []
    for u, v in points:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.query_params["at_u"], app.query_params["at_v"] = str(u), str(v)
        app.switch_page("pages/partials.py")
        app.run()
        found.append([json.loads(chart.proto.spec) for chart in app.get("plotly_chart")])
    return found


@contextmanager
def served(script: Path, folder: Path) -> Iterator[str]:
    """A Streamlit server for a script, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        f"--server.port={port}",
        "--server.headless=true",
    ]
    command += ["--server.fileWatcherType=none", "--runner.postScriptGC=false"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310 (our own address)
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def settle(page: Page) -> None:
    """Wait until the page has been quiet."""
    page.wait_for_function(f"() => performance.now() - window.changed > {QUIET}", timeout=60_000)


def timed(page: Page, x: float, y: float) -> float:
    """Seconds from a click at a place of the page to its last change."""
    page.mouse.move(x, y)
    settle(page)
    page.evaluate("() => (window.pressed = performance.now())")
    page.mouse.click(x, y)
    page.wait_for_timeout(100)
    settle(page)
    return float(page.evaluate("() => (window.changed - window.pressed) / 1000"))


def main() -> None:
    """Print the times and their ratio."""
    places = [(0.25 + 0.5 * (k % 2), 0.3 + 0.4 * (k % 3) / 2) for k in range(ROUNDS)]
    sets = figures_at([(3.0, 4.0), (-3.0, 0.0), (1.0, -2.0)])
    size = max(sum(len(json.dumps(figure)) for figure in figures) for figures in sets)
    print(f"figures of one move: {size / 1000:.0f} kB (at most 300 asked for)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        (folder / "figures.json").write_text(json.dumps(sets), encoding="utf-8")
        with (
            served(ROOT / "app.py", ROOT) as ours,
            served(folder / "bare.py", folder) as bare,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            pages = []
            for address, path in ((ours, "/partials"), (bare, "/")):
                page = browser.new_page(viewport={"width": 1280, "height": 1000})
                page.goto(address)
                page.wait_for_timeout(3000)
                page.goto(address + path)
                page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
                page.evaluate(WATCH)
                settle(page)
                pages.append(page)
            box = pages[0].evaluate(
                "() => { const g = document.querySelector('.st-key-map .js-plotly-plot'); const r = "
                "g.getBoundingClientRect();"
                " const {xaxis, yaxis} = g._fullLayout;"
                " return [r.x + xaxis._offset, r.y + yaxis._offset, xaxis._length, yaxis._length] }"
            )
            button = pages[1].get_by_role("button", name="next").bounding_box()
            times: tuple[list[float], list[float]] = ([], [])
            for across, down in places:
                pages[0].bring_to_front()
                times[0].append(timed(pages[0], box[0] + across * box[2], box[1] + down * box[3]))
                pages[1].bring_to_front()
                times[1].append(timed(pages[1], button["x"] + 10, button["y"] + 10))
            browser.close()
    ours_median, bare_median = median(times[0]), median(times[1])
    print(
        f"click on the map to settled page: {told(ours_median)}; bare page: {told(bare_median)} (medians "
        f"of {ROUNDS})"
    )
    row("moving the point, against a bare page", ours_median / bare_median, "1.5")


if __name__ == "__main__":
    main()
