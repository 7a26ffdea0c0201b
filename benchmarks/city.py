#!/usr/bin/env python3
"""Cities whose every object is known, from nothing to objects found again: scripts/bench city [MINUTES] [SEED ...].

For each seed: a quarter of 400 m is generated (twice: the bytes must be the same), a frame of 800x600 is ray-traced with all layers, 120
photos of 400x300 are made, a field is trained from seven eighths of them for MINUTES, held-out photos are compared in colour and depth, and
objects are extracted from the field alone and scored. A row is printed for each seed; the last line is the same as JSON.
"""
import argparse
import filecmp
import json
import os
import subprocess
import sys
import tempfile
import time


def run(arguments):
    start = time.monotonic()
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{arguments[0]} failed")
    return done.stdout, time.monotonic() - start


def run_json(arguments):
    text, seconds = run(arguments + ["--json"])
    return json.loads(text), seconds


def measure(skyline, folder, seed, budget):
    at = lambda name: os.path.join(folder, f"{name}{seed}")
    row = {"seed": seed}
    _, row["generate_s"] = run([skyline, "city", "generate", "--seed", str(seed), "--size", "400", "--out", at("city")])
    run([skyline, "city", "generate", "--seed", str(seed), "--size", "400", "--out", at("again")])
    row["same_bytes"] = all(filecmp.cmp(os.path.join(at("city"), f), os.path.join(at("again"), f), shallow=False)
                            for f in ("city.glb", "objects.json"))
    frame, _ = run_json([skyline, "city", "render", at("city"), "-o", at("view") + ".png", "--size", "800x600", "--layers", "all",
                         "--camera=-230,-330,210,-30,-32"])
    row["frame_s"] = frame["seconds"]
    survey, row["survey_s"] = run_json([skyline, "city", "survey", at("city"), "--out", at("photos"), "--photos", "120", "--size", "400x300"])
    row["bytes_per_pixel"] = survey["bytes_per_pixel"]
    scene = at("scene") + ".sky"
    train, _ = run_json([skyline, "train", at("photos"), "--split", "transforms_train.json", *budget, "-o", scene])
    row.update(rays_per_s=train["rays_per_s"], steps=train["steps"])
    score, _ = run_json([skyline, "eval", scene, at("photos"), "--width", "0", "--depth-truth", os.path.join(at("photos"), "truth")])
    row.update(psnr=score["psnr"], ssim=score["ssim"], depth_error=score["depth_error"], depth_error_share=score["depth_error_share"],
               parts={part: value["psnr"] for part, value in score.get("parts", {}).items()})
    _, row["extract_s"] = run([skyline, "objects", "extract", scene, "--quiet"])
    found, _ = run_json([skyline, "objects", "score", scene, os.path.join(at("photos"), "objects.json"), "--within=-200,-200,200,200"])
    for key in ("truth", "found", "recall", "precision", "mean_iou", "median_height_error"):
        row[key] = found[key]
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("minutes", nargs="?", type=float, default=15)
    parser.add_argument("seeds", nargs="*", type=int, default=[7])
    parser.add_argument("--steps", type=int, help="train this many steps whatever they take, so that figures do not depend on other work")
    parser.add_argument("--skyline", default="build/skyline")
    parser.add_argument("--keep", help="folder for cities, photos and scenes (default: one that vanishes)")
    arguments = parser.parse_args()
    print("| seed | generate s | same bytes | frame s | photos s | bytes a pixel | PSNR dB | SSIM | depth error m (% of height) | buildings | recall | precision |"
          " footprint IoU | height error m | extract s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        for seed in arguments.seeds:
            budget = ["--steps", str(arguments.steps)] if arguments.steps else ["--minutes", str(arguments.minutes)]
            row = measure(arguments.skyline, folder, seed, budget)
            rows.append(row)
            print(f"| {seed} | {row['generate_s']:.1f} | {'yes' if row['same_bytes'] else 'NO'} | {row['frame_s']:.2f} | {row['survey_s']:.0f} | "
                  f"{row['bytes_per_pixel']:.2f} | {row['psnr']:.2f} | {row['ssim']:.3f} | {row['depth_error']:.2f} ({100 * row['depth_error_share']:.2f}) | "
                  f"{row['truth']} | {row['recall']:.3f} | {row['precision']:.3f} | {row['mean_iou']:.3f} | {row['median_height_error']:.2f} | "
                  f"{row['extract_s']:.0f} |", flush=True)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
