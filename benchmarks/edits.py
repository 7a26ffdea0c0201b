#!/usr/bin/env python3
"""Edits of a trained field against the ray-traced truth of the same edits: scripts/bench edits [--objects N] [--steps N].

A generated quarter of 400 m is photographed under an overcast sky and trained. Each object of a sample is then removed, moved by 20 m and turned
by 30 degrees, in the field and in the city, and both are drawn from two sides. In the pixels that the truth changes, the edited field is held
against the edited truth, and the unedited field against the unedited truth: the second says how well the field knew these places at all.
Pixels outside of the projection of what is edited must be the same to the bit. A row for each edit; the last line is the same as JSON.
"""
import argparse
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import zlib

NOT_BUILDINGS = {"bridge", "bus", "car", "field", "forest", "park", "parking", "pond", "railway", "river", "road", "square", "street", "tree",
                 "truck", "vehicle", "monument", "water", "green"}
WIDTH, HEIGHT, FOV = 240, 180, 50
MOVE, TURN = 20.0, 30.0
CHANGED = 10  # of 255, in any channel: what the truth changes
TREE_SHARE = 5  # one in so many objects; more where there are not enough buildings
AROUND, BELOW, ABOVE = 2.0, 3.0, 7.0  # metres that an edit may touch beyond the object


def run(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{arguments[0]} failed")
    return done.stdout


def read_png(path):
    """Bytes [HEIGHT * WIDTH * 3] of an 8-bit RGB picture (PNG specification, third edition, sections 5 and 9)."""
    data = open(path, "rb").read()
    at, packed, width, channels = 8, b"", 0, 3
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, channels = int.from_bytes(body[:4], "big"), {2: 3, 6: 4}[body[9]]
        if kind == b"IDAT":
            packed += body
        at += 12 + size
    raw, stride, above, pixels = zlib.decompress(packed), width * channels, None, bytearray()
    above = bytearray(stride)
    for begin in range(0, len(raw), stride + 1):
        method, line = raw[begin], bytearray(raw[begin + 1:begin + 1 + stride])
        for i in range(stride):
            left = line[i - channels] if i >= channels else 0
            corner = above[i - channels] if i >= channels else 0
            if method == 1:
                guess = left
            elif method == 2:
                guess = above[i]
            elif method == 3:
                guess = (left + above[i]) // 2
            elif method == 4:
                p = left + above[i] - corner
                guess = min((abs(p - left), 0, left), (abs(p - above[i]), 1, above[i]), (abs(p - corner), 2, corner))[2]
            else:
                break
            line[i] = (line[i] + guess) & 255
        above = line
        pixels += line if channels == 3 else bytearray(v for i, v in enumerate(line) if i % 4 != 3)
    return pixels


def camera_at(target, azimuth, distance, pitch):
    """A camera `distance` from the target, as in transforms.json."""
    a, p = math.radians(azimuth), math.radians(pitch)
    back = (math.cos(a) * math.cos(p), math.sin(a) * math.cos(p), math.sin(p))
    right = (-math.sin(a), math.cos(a), 0.0)
    up = (back[1] * right[2] - back[2] * right[1], back[2] * right[0] - back[0] * right[2], back[0] * right[1] - back[1] * right[0])
    matrix = [[right[i], up[i], back[i], target[i] + distance * back[i]] for i in range(3)] + [[0, 0, 0, 1]]
    focal = HEIGHT / 2 / math.tan(math.radians(FOV / 2))
    return {"transform_matrix": matrix, "fl_x": focal, "fl_y": focal, "cx": WIDTH / 2, "cy": HEIGHT / 2, "w": WIDTH, "h": HEIGHT}


def project(camera, point):
    m = camera["transform_matrix"]
    d = [point[i] - m[i][3] for i in range(3)]
    x, y, z = (sum(m[i][k] * d[i] for i in range(3)) for k in range(3))
    return (camera["cx"] + camera["fl_x"] * x / -z, camera["cy"] - camera["fl_y"] * y / -z) if z < -0.1 else None


def touched(camera, outlines, low, high):
    """The rectangles of pixels that prisms over the outlines may cover; the whole picture where one passes behind the camera."""
    rectangles = []
    for outline in outlines:
        places = [project(camera, (x + dx, y + dy, z)) for x, y in outline for dx in (-AROUND, AROUND) for dy in (-AROUND, AROUND)
                  for z in (low, high)]
        if None in places:
            return [(0, 0, WIDTH, HEIGHT)]
        xs, ys = [p[0] for p in places], [p[1] for p in places]
        rectangles.append((min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2))
    return rectangles


def psnr(a, b, pixels):
    error = sum((a[3 * p + c] - b[3 * p + c]) ** 2 for p in pixels for c in range(3)) / (3 * len(pixels))
    return 10 * math.log10(255 ** 2 / max(error, 1e-3))


class Bench:
    def __init__(self, skyline, city, scene, folder, threads):
        self.skyline, self.city, self.scene, self.folder, self.threads = skyline, city, scene, folder, threads
        self.sheet = []

    def truth(self, name, camera, options):
        path, view = os.path.join(self.folder, name + ".png"), os.path.join(self.folder, "camera.json")
        json.dump(camera, open(view, "w"))
        run([self.skyline, "city", "render", self.city, "-o", path, "--camera-json", view, "--size", f"{WIDTH}x{HEIGHT}", "--sky", "overcast", "--quiet", *self.threads, *options])
        return read_png(path)

    def field(self, name, cameras, source):
        path, views = os.path.join(self.folder, name), os.path.join(self.folder, "views.json")
        json.dump(cameras, open(views, "w"))
        run([self.skyline, "render", source, "--path", views, "--out", path, "--quiet", *self.threads])
        return [read_png(os.path.join(path, f)) for f in sorted(os.listdir(path)) if f.endswith(".png")]

    def project(self, name, commands):
        script, project = os.path.join(self.folder, "edits.jsonl"), os.path.join(self.folder, name + ".skyproj")
        with open(script, "w") as file:
            file.writelines(json.dumps(command) + "\n" for command in commands)
        if os.path.exists(project):
            os.remove(project)
        run([self.skyline, "run", self.scene, "--script", script, "-o", project, "--quiet"])
        return project

    def measure(self, item):
        outline, ident = item["footprint"], item["id"]
        middle = [(min(p[i] for p in outline) + max(p[i] for p in outline)) / 2 for i in range(2)]
        reach = max(math.dist(middle, p) for p in outline)
        distance = max(60.0, 2.5 * (reach + 0.5 * item["height"] + 10))
        cameras = [camera_at((*middle, item["base"] + 0.3 * item["height"]), azimuth, distance, 40) for azimuth in (-60, 120)]
        before, known = self.field("before", cameras, self.scene), [self.truth("truth", c, []) for c in cameras]
        select = {"command": "select.object", "ids": [ident]}
        edits = [("remove", ["--without", str(ident)], [{"op": "remove", "targets": [ident]}], []),
                 ("move", ["--moved", f"{ident},{MOVE},0"], [select, {"command": "edit.move", "offset": [MOVE, 0, 0]}],
                  [[(x + MOVE, y) for x, y in outline]]),
                 ("rotate", ["--moved", f"{ident},0,0,{TURN}"], [select, {"command": "edit.rotate", "angle": TURN}],
                  [[(middle[0] + dx, middle[1] + dy) for dx in (-reach, reach) for dy in (-reach, reach)]])]
        rows = []
        for name, options, commands, further in edits:
            project = self.project(f"{name}{ident}", commands)
            after = self.field(f"{name}{ident}", cameras, project)
            low, high = item["base"] - BELOW, item["base"] + item["height"] + ABOVE
            row = {"id": ident, "class": item["class"], "edit": name, "pixels": 0, "stray": 0}
            own, edited = [], []
            for i, camera in enumerate(cameras):
                wanted = self.truth(f"{name}{ident}_truth{i}", camera, options)
                pixels = [p for p in range(WIDTH * HEIGHT) if max(abs(wanted[3 * p + c] - known[i][3 * p + c]) for c in range(3)) > CHANGED]
                parts = touched(camera, [outline, *further], low, high)
                row["stray"] += sum(1 for p in range(WIDTH * HEIGHT) if before[i][3 * p:3 * p + 3] != after[i][3 * p:3 * p + 3] and not any(
                    a <= p % WIDTH <= c and b <= p // WIDTH <= d for a, b, c, d in parts))
                if pixels:
                    row["pixels"] += len(pixels)
                    own.append(psnr(before[i], known[i], pixels))
                    edited.append(psnr(after[i], wanted, pixels))
            if not own:
                continue
            row.update(own=statistics.mean(own), edited=statistics.mean(edited))
            rows.append(row)
            self.sheet += [os.path.join(self.folder, f"{name}{ident}", sorted(os.listdir(os.path.join(self.folder, f"{name}{ident}")))[0]),
                           os.path.join(self.folder, f"{name}{ident}_truth0.png")]
        return rows


def sample(city, count, seed):
    objects = [o for o in json.load(open(os.path.join(city, "objects.json")))["objects"]
               if o.get("footprint") and o.get("height", 0) >= 3 and all(max(abs(x), abs(y)) < 170 for x, y in o["footprint"])]
    trees = [o for o in objects if o["class"] == "tree"]
    buildings = [o for o in objects if o["class"] not in NOT_BUILDINGS]
    chance = random.Random(seed)
    chance.shuffle(trees)
    chance.shuffle(buildings)
    chosen = buildings[:count - count // TREE_SHARE]
    return chosen + trees[:count - len(chosen)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--objects", type=int, default=20)
    parser.add_argument("--steps", type=int, default=6000, help="of training")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--skyline", default="build/skyline")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--keep", help="folder for city, photos, scene and pictures; what is there already is used again")
    parser.add_argument("--sheet", help="contact sheet of field and truth side by side (needs ImageMagick)")
    arguments = parser.parse_args()
    skyline, threads = arguments.skyline, ["--threads", str(arguments.threads)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        pictures = os.path.join(folder, "pictures")
        os.makedirs(pictures, exist_ok=True)
        city, photos, scene = (os.path.join(folder, name) for name in (f"city{arguments.seed}", f"photos{arguments.seed}", f"scene{arguments.seed}.sky"))
        if not os.path.exists(scene):
            run([skyline, "city", "generate", "--seed", str(arguments.seed), "--size", "400", "--out", city])
            run([skyline, "city", "survey", city, "--out", photos, "--photos", "120", "--size", "400x300", "--sky", "overcast", *threads])
            run([skyline, "train", photos, "--split", "transforms_train.json", "--steps", str(arguments.steps), "-o", scene, "--quiet", *threads])
            run([skyline, "objects", "store", scene, os.path.join(city, "objects.json"), "--quiet"])
        bench, rows = Bench(skyline, city, scene, pictures, threads), []
        print("| object | class | edit | pixels | unedited dB | edited dB | stray pixels |")
        print("|---|---|---|---|---|---|---|")
        for item in sample(city, arguments.objects, arguments.seed):
            for row in bench.measure(item):
                rows.append(row)
                print(f"| {row['id']} | {row['class']} | {row['edit']} | {row['pixels']} | {row['own']:.1f} | {row['edited']:.1f} | {row['stray']} |", flush=True)
        if arguments.sheet and bench.sheet:
            run(["montage", *bench.sheet, "-tile", "6x", "-geometry", "+3+3", arguments.sheet])
    summary = {"stray": sum(row["stray"] for row in rows)}
    for edit in ("remove", "move", "rotate"):
        of_edit = [row for row in rows if row["edit"] == edit]
        if of_edit:
            summary[edit] = {"count": len(of_edit), "edited": round(statistics.mean(r["edited"] for r in of_edit), 2),
                             "own": round(statistics.mean(r["own"] for r in of_edit), 2),
                             "worst_loss": round(max(r["own"] - r["edited"] for r in of_edit), 2),
                             "within_3_db": sum(r["own"] - r["edited"] <= 3 for r in of_edit), "at_least_20_db": sum(r["edited"] >= 20 for r in of_edit)}
    print(json.dumps({"summary": summary, "edits": rows}))


if __name__ == "__main__":
    main()
