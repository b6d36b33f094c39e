"""How long a graph of 60 nodes takes to show: our player against a bare ``st.graphviz_chart`` of the same DOT.

Run with ``python -m benchmarks.graph_view``. Each is mounted in turns on the same server, in the same browser; the time
runs from the click to the last box on the screen. The promise is a ratio of at most 1.5.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5
FUNCTION = " + ".join(f"sin({n}x)" for n in range(1, 21))

APP = f"""
import streamlit as st
import derivlab as dl
from derivlab.figures.graph import dot, scene
from derivlab.figures.palette import palette
from ui.graph import graph_player

f = dl.parse({FUNCTION!r})
graph = dl.record(f, {{"x": 0.4}})
drawn, text = scene(graph), dot(graph, constants=False)
shown = st.radio("show", ["nothing", "player", "graphviz"], horizontal=True)
if shown == "player":
    graph_player(drawn, palette(dark=False))
if shown == "graphviz":
    st.graphviz_chart(text)
"""

READY = {"player": ".tape g.box", "graphviz": "[data-testid=stGraphVizChart] g.node"}


def main() -> None:
    """Measure both in turns and print their medians and the ratio."""
    from playwright.sync_api import sync_playwright

    first: dict[str, list[float]] = {name: [] for name in READY}
    again: dict[str, list[float]] = {name: [] for name in READY}
    counts: dict[str, int] = {}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "view.py"
        script.write_text(APP, "utf-8")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.headless", "true"]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            with sync_playwright() as driver:
                chromium = driver.chromium.launch(
                    executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                for turn in range(ROUNDS + 1):
                    for name, ready in READY.items():
                        context = chromium.new_context(viewport={"width": 1280, "height": 800})
                        page = context.new_page()
                        page.set_default_timeout(90_000)
                        page.goto(f"http://127.0.0.1:{port}")
                        page.get_by_text("graphviz", exact=True).wait_for()
                        page.wait_for_timeout(500)
                        for times in (first, again):
                            start = time.perf_counter()
                            page.get_by_text(name, exact=True).click()
                            page.wait_for_selector(ready)
                            if turn:  # the first round warms the server
                                times[name].append(time.perf_counter() - start)
                            counts[name] = page.locator(ready).count()
                            page.get_by_text("nothing", exact=True).click()
                            page.wait_for_selector(ready, state="detached")
                        context.close()
                chromium.close()
        finally:
            server.terminate()
            server.wait(timeout=20)
    print("| shown by | boxes | in a fresh page, ms | again, ms |")
    print("|---|---|---|---|")
    for name in READY:
        cold, warm = (statistics.median(times[name]) * 1e3 for times in (first, again))
        print(f"| {name} | {counts[name]} | {cold:.0f} | {warm:.0f} |")
    ratios = [
        statistics.median(times["player"]) / statistics.median(times["graphviz"]) for times in (first, again)
    ]
    print(f"\nplayer / graphviz: {ratios[0]:.2f} in a fresh page, {ratios[1]:.2f} again")


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=1)  # noqa: S310
        except OSError:
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
