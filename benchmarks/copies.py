#!/usr/bin/env python3
"""What ten thousand copies cost: scripts/bench copies [--scene FILE] [--copies N] [--size WxH].

Copies of the scene's buildings are laid out in a square of 4 km around it, a building a row. Views of the copies are drawn in turns with views
of the scene alone whose rays hit something as often; a row for each view: coverage, samples a ray and time of both, and the ratio of the
times. The last line is the same as JSON.
"""
import argparse
import json
import math
import os
import statistics
import tempfile

from edits import read_png, run

SIDE = 4000.0  # metres
FOV = 50
HEIGHT_CLASSES = {"building", "tower", "house", "apartment", "office", "church", "school", "hospital", "station", "warehouse", "factory", "shop",
                  "hotel", "museum"}


class Views:
    def __init__(self, skyline, scene, folder, size):
        self.command = [skyline, "render", scene, "--size", size, "--json", "--quiet"]
        self.folder = folder

    def draw(self, camera):
        """Seconds, samples a ray and the share of rays that hit something."""
        out = os.path.join(self.folder, "view.png")
        report = json.loads(run(self.command + [f"--camera={','.join(f'{v:.3f}' for v in camera)}", "--layers", "color,opacity", "--out", out]))
        opacity = read_png(next(f for f in report["files"] if f.endswith("opacity.png")))
        return report["seconds"], report["samples_per_ray"], sum(opacity) / 255 / len(opacity)


def lay_out(buildings, copies, path):
    """Rows of copies from west to east; the first copy of a row stands one spacing east of where the row is moved to."""
    rows = max(1, round(math.sqrt(copies)))
    in_row, spacing = math.ceil(copies / rows), SIDE / rows
    with open(path, "w") as script:
        for row in range(rows):
            building = buildings[row % len(buildings)]
            x, y = building["footprint"][0]
            count = min(in_row, copies - row * in_row)
            if count <= 0:
                break
            script.write(json.dumps({"command": "edit.duplicate", "targets": [building["id"]], "count": count,
                                     "offset": [SIDE / in_row, 0, 0]}) + "\n")
            # Rows that would run through the scene pass south of it.
            script.write(json.dumps({"command": "edit.move", "offset": [-SIDE / 2 - x, -SIDE / 2 + (row + 0.5) * spacing - y, 0]}) + "\n")


def equal_view(views, coverage, above):
    """A camera over the scene, looking down so far that as many of its rays hit something (bisection)."""
    level, down = 20.0, -70.0
    for _ in range(9):
        pitch = (level + down) / 2
        camera = (0, -150, above, 0, pitch, FOV)
        if views.draw(camera)[2] < coverage:
            level = pitch
        else:
            down = pitch
    return camera


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--skyline", default="build/skyline")
    parser.add_argument("--scene", default="assets/city.sky")
    parser.add_argument("--copies", type=int, default=10000)
    parser.add_argument("--size", default="320x180")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--keep", help="folder for project and pictures (default: one that vanishes)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        objects = json.loads(run([arguments.skyline, "objects", "list", arguments.scene, "--json"]))["objects"]
        buildings = [o for o in objects if o["class"] in HEIGHT_CLASSES and o.get("height", 0) > 4]
        script, project = os.path.join(folder, "copies.jsonl"), os.path.join(folder, "copies.skyproj")
        lay_out(buildings, arguments.copies, script)
        if os.path.exists(project):
            os.remove(project)
        run([arguments.skyline, "run", arguments.scene, "--script", script, "-o", project, "--quiet"])
        edited, plain = (Views(arguments.skyline, s, folder, arguments.size) for s in (project, arguments.scene))
        print("| view | rays that hit: copies / scene alone | samples a ray | ms | ratio |")
        print("|---|---|---|---|---|")
        rows = []
        # Over the copies south-west of the scene, along a row, across the rows, from above, and towards the scene.
        for name, camera in (("across", (-1200, -1500, 90, 20, -25, FOV)), ("along", (-1500, -900, 60, -80, -15, FOV)),
                             ("from above", (900, 1100, 160, 200, -55, FOV)), ("to the scene", (-500, -700, 110, -35, -22, FOV))):
            coverage = edited.draw(camera)[2]
            beside = equal_view(plain, coverage, camera[2])
            times = [(edited.draw(camera), plain.draw(beside)) for _ in range(arguments.turns)]
            row = {"view": name, "coverage": times[0][0][2], "coverage_alone": times[0][1][2], "samples": times[0][0][1],
                   "samples_alone": times[0][1][1], "ms": 1e3 * min(t[0][0] for t in times), "ms_alone": 1e3 * min(t[1][0] for t in times)}
            row["ratio"] = row["ms"] / row["ms_alone"]
            rows.append(row)
            print(f"| {name} | {row['coverage']:.2f} / {row['coverage_alone']:.2f} | {row['samples']:.1f} / {row['samples_alone']:.1f} | "
                  f"{row['ms']:.0f} / {row['ms_alone']:.0f} | {row['ratio']:.2f} |", flush=True)
        print(json.dumps({"copies": arguments.copies, "rows": rows, "largest_ratio": max(r["ratio"] for r in rows),
                          "median_ratio": statistics.median(r["ratio"] for r in rows)}))


if __name__ == "__main__":
    main()
