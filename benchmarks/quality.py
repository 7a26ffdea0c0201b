#!/usr/bin/env python3
"""Trains and scores scenes, one row a run: scripts/bench curve and scripts/bench ablation.

A row is printed as soon as its run is over; the last line is the same as JSON. Runs of an ablation have the same number of steps, so that
their decibels do not depend on what else the machine does; cost is processor time. --jobs 2 runs two at a time with one thread each: the same decibels,
since training does not depend on the number of threads.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

CORE, ALL = "transforms_core_", "transforms_"

# Name, split, further options of train, further options of eval.
ABLATION = [
    ("defaults", CORE, [], []),
    ("without the facade volume", CORE, ["--volume-channels", "0"], []),
    ("without the local slab", CORE, ["--local-slab", "false"], []),
    ("without sky and surroundings", CORE, ["--sky", "false", "--surroundings", "false"], []),
    ("without level dropout", CORE, ["--level-dropout", "0"], []),
    ("without distortion loss", CORE, ["--weight-distortion", "0"], []),
    ("2 x 2 blocks", CORE, ["--blocks", "2x2"], []),
    ("with codes and exposure (one lighting)", CORE, ["--codes", "on"], []),
    ("all photos: defaults (codes, exposure)", ALL, [], ["--fit-code", "left-half"]),
    ("all photos: without exposure", ALL, ["--exposure", "false"], ["--fit-code", "left-half"]),
    ("all photos: without codes", ALL, ["--codes", "off"], ["--fit-code", "left-half"]),
    ("decoded per sample", CORE, ["--train-decode", "sample"], ["--decode", "sample"]),
]


def run_json(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{arguments[0]} failed")
    return json.loads(done.stdout)


def train_and_score(skyline, photos, scene, budget, split, width, threads, train_options, eval_options):
    train = run_json([skyline, "train", photos, "--split", split + "train.json", "--width", str(width), "--threads", str(threads), "-o", scene,
                      "--json", *budget, *train_options])
    score = run_json([skyline, "eval", scene, photos, "--split", split + "test.json", "--json", *eval_options])
    row = {"psnr": score["psnr"], "ssim": score["ssim"], "slow": score["psnr_slow"], "fine": score["psnr_fine"], "steps": train["steps"],
           "rays_per_s": train["rays_per_s"], "rays_per_cpu_s": train["rays"] / train["cpu_seconds"],
           "train_psnr": train["train_psnr"], "peak_rss_bytes": train["peak_rss_bytes"], "file_bytes": os.path.getsize(scene)}
    if "psnr_fit" in score:
        row["psnr_fit"], row["psnr_right"] = score["psnr_fit"], score["psnr_right"]
    return row


def print_row(name, row):
    fit = f"{row['psnr_right']:.2f} / {row['psnr_fit']:.2f}" if "psnr_fit" in row else "–"
    print(f"| {name} | {row['psnr']:.2f} | {row['ssim']:.3f} | {row['slow']:.1f} / {row['fine']:.1f} | {fit} | {row['steps']} | "
          f"{row['rays_per_s'] / 1e3:.0f} k | {row['rays_per_cpu_s'] / 1e3:.0f} k | "
          f"{row['peak_rss_bytes'] / 2**30:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["curve", "ablation"])
    parser.add_argument("photos")
    parser.add_argument("values", nargs="*", type=float, help="curve: minutes; ablation: steps")
    parser.add_argument("--width", type=int, default=206)
    parser.add_argument("--jobs", type=int, default=1, choices=[1, 2])
    parser.add_argument("--only", default="", help="runs whose name holds this")
    parser.add_argument("--skyline", default="build/skyline")
    arguments = parser.parse_args()
    print("| run | PSNR dB | SSIM | slow / fine dB | right halves: mean / fitted code dB | steps | rays/s | rays per CPU second | "
          "peak GiB |\n|---|---|---|---|---|---|---|---|---|", flush=True)
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        if arguments.what == "curve":
            runs = [(f"{m:g} minutes", CORE, [], [], ["--minutes", str(m)]) for m in arguments.values or [1, 2, 5, 10, 20, 30]]
        else:
            # 4,400 steps are about three minutes of the defaults on two quiet cores.
            steps = int(arguments.values[0]) if arguments.values else 4400
            runs = [(*run, ["--steps", str(steps)]) for run in ABLATION]
        runs = [run for run in runs if arguments.only in run[0]]
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            started = {}
            for i, (name, split, train_options, eval_options, budget) in enumerate(runs):
                scene = os.path.join(folder, f"{i}.sky")
                started[pool.submit(train_and_score, arguments.skyline, arguments.photos, scene, budget, split, arguments.width,
                                    max(1, 2 // arguments.jobs), train_options, eval_options)] = name
            for done in concurrent.futures.as_completed(started):
                rows[started[done]] = done.result()
                print_row(started[done], done.result())
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
