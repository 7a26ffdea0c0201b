#!/usr/bin/env python3
"""From an edit to the first picture that shows it: scripts/bench edit-latency [--scene FILE] [--objects N].

A window on a display of its own runs a script of edits by hand: objects one after the other are removed, moved, turned, copied, recoloured; light,
season, weather and style change, on the whole scene and on objects; some of it is undone and done again. Each edit is timed from the command to
the first picture on the screen that shows it, in the resolution of motion, the device's work included (edit_to_picture_ms of `skyline view
--report`). Between edits the picture is being refined, as it is while a person works. A row for each kind of command; the last line is the same
as JSON.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile

from edits import run

PAUSE = 0.6  # seconds between edits


def script_of(objects):
    """Lines of a script; every object is edited once, so that nothing that it needs was worked out before."""
    yield {"wait_for": "converged"}
    yield {"wait_for": "jobs"}
    yield {"wait_for": "converged"}
    yield {"wait": 9}  # until the first messages have faded
    edits = [lambda i: {"command": "edit.remove", "targets": [i]},
             lambda i: {"command": "edit.move", "targets": [i], "offset": [20, 5, 0]},
             lambda i: {"command": "edit.rotate", "targets": [i], "angle": 30},
             lambda i: {"command": "edit.duplicate", "targets": [i], "offset": [25, 0, 0]},
             lambda i: {"command": "edit.recolor", "targets": [i], "color": "#c0392b"},
             lambda i: {"command": "edit.scale", "targets": [i], "factor": [1, 1, 1.5]}]
    effects = [{"command": "edit.season", "season": "winter", "strength": 0.6}, {"command": "edit.light", "time": "18:30"},
               {"command": "edit.weather", "weather": "fog"}, {"command": "edit.style", "style": "watercolor", "strength": 0.7},
               {"command": "edit.grade", "exposure": 0.3, "saturation": 1.1}]
    for number, identity in enumerate(objects):
        yield edits[number % len(edits)](identity)
        yield {"wait": PAUSE}
        if number % 4 == 3:
            for way in ("edit.undo", "edit.redo"):
                yield {"command": way}
                yield {"wait": PAUSE}
        if number % 8 == 7:
            effect = dict(effects[number // 8 % len(effects)])
            yield effect
            yield {"wait": PAUSE}
            if effect["command"] != "edit.grade":
                yield {**effect, "targets": [identity], "edge": 3}
                yield {"wait": PAUSE}
            # The next objects are edited in the light of the capture again.
            for _ in range(1 if effect["command"] == "edit.grade" else 2):
                yield {"command": "edit.undo"}
                yield {"wait": PAUSE}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--skyline", default="build/skyline")
    parser.add_argument("--scene", default="assets/city.sky")
    parser.add_argument("--objects", type=int, default=60)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--keep", help="folder for script and report (default: one that vanishes)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        objects = json.loads(run([arguments.skyline, "objects", "list", arguments.scene, "--json"]))["objects"]
        standing = [o for o in objects if o.get("footprint") and o.get("height", 0) > 4]
        standing.sort(key=lambda o: math.hypot(*o["footprint"][0]))  # what the home view looks at comes first
        script, report = os.path.join(folder, "edits.jsonl"), os.path.join(folder, "report.json")
        with open(script, "w") as lines:
            for line in script_of([o["id"] for o in standing[:arguments.objects]]):
                lines.write(json.dumps(line) + "\n")
        state = dict(os.environ, XDG_STATE_HOME=os.path.join(folder, "state"))
        command = ["scripts/with-display", arguments.skyline, "view", arguments.scene, "--fresh", "--size", arguments.size, "--script", script,
                   "--report", report]
        done = subprocess.run(command, env=state, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0 or not os.path.exists(report):
            sys.exit(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "the window failed")
        whole = json.load(open(report))
        seen = whole["edit_to_picture_ms"]
        print("| command | edits | p50 ms | p95 ms | max ms | processor p50 / p95 ms |")
        print("|---|---|---|---|---|---|")
        for name, row in [*seen["commands"].items(), ("all", seen)]:
            print(f"| {name} | {row['count']} | {row['p50']:.0f} | {row['p95']:.0f} | {row['max']:.0f} | "
                  f"{row['processor_p50']:.0f} / {row['processor_p95']:.0f} |")
        print(json.dumps({"device": whole["device"], "size": arguments.size, "errors": whole["errors"], **seen}))


if __name__ == "__main__":
    main()
