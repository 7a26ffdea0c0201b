#!/usr/bin/env python3
"""Runs the yardstick and Skyline in turns and prints one table and JSON: scripts/bench reference PHOTOS [SECONDS] [MINUTES].

Needs only Python itself. SECONDS is the length of one run, MINUTES how long the yardstick's field is trained before (once, kept)."""

import json
import os
import pathlib
import statistics
import subprocess
import sys

ROUNDS = 3
THREADS = 2
WIDTH = 206
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "build/reference"
SKYLINE = ROOT / "build/skyline"
SCENE, INFO, CAMERAS, FIELD = (FOLDER / name for name in ("scene.sky", "info.json", "cameras.json", "yardstick.pt"))


# Large tensors of the yardstick then reuse memory instead of being mapped afresh at every step.
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 35)}


def run(*command, environment=None):
    """The last line of what the command prints, as JSON."""
    text = [str(part) for part in command]
    print("  " + " ".join(text), file=sys.stderr)
    return json.loads(subprocess.run(text, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.strip().splitlines()[-1])


def python_with_torch():
    if "REFERENCE_PYTHON" in os.environ:
        return os.environ["REFERENCE_PYTHON"]
    folder = ROOT / "build/reference-venv"
    python = folder / "bin/python"
    if subprocess.run([python, "-c", "import torch, numpy, PIL"], capture_output=True).returncode if python.exists() else True:
        print(f"Making {folder.relative_to(ROOT)}: PyTorch from PyPI, 3.9 GB (tests/reference/requirements.txt)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-compile", "-r", HERE / "requirements.txt"], check=True)
    return python


def train_skyline(photos, seconds, scene):
    return run(SKYLINE, "train", photos, "--split", "transforms_core_train.json", "--width", WIDTH, "--minutes", seconds / 60, "--threads",
               THREADS, "-o", scene, "--json", "--quiet")


def write_cameras(photos):
    """Cameras of the held-out photos in the scene's frame and size."""
    info = json.loads(INFO.read_text())
    size, turn = info["cameras"][0], info["training"]["world_from_input"]
    split = json.loads((photos / "transforms_core_test.json").read_text())
    cameras = []
    for frame in split["frames"]:
        pose = frame["transform_matrix"]
        turned = [[sum(turn[3 * r + k] * pose[k][c] for k in range(3)) for c in range(4)] for r in range(3)]
        scale_x, scale_y = size["w"] / split["w"], size["h"] / split["h"]
        cameras.append({"file_path": pathlib.Path(frame["file_path"]).name, "w": size["w"], "h": size["h"], "fl_x": split["fl_x"] * scale_x,
                        "fl_y": split["fl_y"] * scale_y, "cx": split["cx"] * scale_x, "cy": split["cy"] * scale_y,
                        "transform_matrix": turned + [[0, 0, 0, 1]]})
    CAMERAS.write_text(json.dumps(cameras))


class Yardstick:
    def __init__(self, python, photos):
        self.command = [python, HERE / "yardstick.py", "--info", INFO, "--photos", photos, "--cameras", CAMERAS, "--field", FIELD,
                        "--threads", THREADS]

    def run(self, *options):
        return run(*self.command, *options, environment=os.environ | KEEP_MEMORY)


def render_skyline(decode):
    report = run(SKYLINE, "render", SCENE, "--path", CAMERAS, "--decode", decode, "--threads", THREADS, "--out", FOLDER / decode, "--json",
                 "--quiet")
    return report["rays"] / report["seconds"]


def main():
    if len(sys.argv) not in (2, 3, 4):
        raise SystemExit("usage: scripts/bench reference PHOTOS [SECONDS] [MINUTES]")
    photos = pathlib.Path(sys.argv[1]).resolve()
    seconds, minutes = (float(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((2, 15.0), (3, 3.0)))
    python = python_with_torch()
    FOLDER.mkdir(parents=True, exist_ok=True)
    yardstick = Yardstick(python, photos)
    if not (SCENE.exists() and FIELD.exists()):
        train_skyline(photos, 6 * seconds, SCENE)
        INFO.write_text(subprocess.run([SKYLINE, "info", SCENE, "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout)
        write_cameras(photos)
        yardstick.run("--train", 60 * minutes, "--batch", 2048)

    rates = {}

    def add(name, rate):
        rates.setdefault(name, []).append(rate)

    for _ in range(ROUNDS):
        for result in yardstick.run("--measure-training", seconds / 4, "--batch", 4096, 8192, "--samples", 128, 256)["training"]:
            name = f"yardstick training, batch {result['batch']}, {result['samples']} samples"
            add(name + (", regularisers" if result["regularised"] else ""), result["rays_per_s"])
        add("skyline training", train_skyline(photos, seconds, FOLDER / "round.sky")["rays_per_s"])
        rendered = yardstick.run("--measure-rendering", seconds)
        add("yardstick rendering, 128 samples", rendered["rendering"][0]["rays_per_s"])
        add("skyline rendering, per sample", render_skyline("sample"))
        add("skyline rendering, deferred", render_skyline("deferred"))

    medians = {name: statistics.median(values) for name, values in rates.items()}
    training, rendering = (max(v for name, v in medians.items() if name.startswith(f"yardstick {what}")) for what in ("training", "rendering"))
    ratios = {"training": medians["skyline training"] / training,
              "rendering, per sample": medians["skyline rendering, per sample"] / rendering,
              "rendering, deferred": medians["skyline rendering, deferred"] / rendering}
    print("| what | median rays/s | lowest | highest |\n|---|---|---|---|")
    for name, values in rates.items():
        print(f"| {name} | {medians[name]:,.0f} | {min(values):,.0f} | {max(values):,.0f} |")
    print("\n| Skyline against the yardstick's fastest setting | ratio |\n|---|---|")
    for name, ratio in ratios.items():
        print(f"| {name} | {ratio:.1f} |")
    print(json.dumps({"medians": medians, "ratios": ratios, "rates": rates, "seconds": seconds, "torch": rendered["torch"],
                      "threads": THREADS, "yardstick": rendered["rendering"][0]}))


if __name__ == "__main__":
    main()
