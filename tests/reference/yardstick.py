#!/usr/bin/env python3
"""Trains and renders the published recipe (gridnerf.py, grid branch) with PyTorch on the CPU and reports rays per second as JSON.

    yardstick.py --info INFO.json --photos FOLDER --cameras CAMERAS.json --field FIELD.pt --train SECONDS
    yardstick.py ... --field FIELD.pt --measure-training SECONDS      every combination of --batch and --samples, SECONDS each
    yardstick.py ... --field FIELD.pt --measure-rendering SECONDS     the cameras again and again for about SECONDS

INFO.json is what `skyline info SCENE --json` prints: the field has that scene's box, texels and channels, and learns from its photos.
Importing, reading photos and a few first steps are not timed.
"""

import argparse
import itertools
import json
import pathlib
import sys
import time

import numpy
import torch
from PIL import Image

import gridnerf as g

WORLD_WIDTH = 4.8  # the published settings (near, far, density scale) are made for a box of this width


class Scene:
    """Cameras and photos in the published world: scaled, centred, one focal length, no pixel centre."""

    def __init__(self, info, photos=None):
        box = info["field"]["blocks"][0]["extent"]
        low, high = (torch.tensor(box[end]) for end in ("low", "high"))
        self.scale = WORLD_WIDTH / float((high - low)[:2].max())
        self.middle = (low + high) / 2 * torch.tensor([1.0, 1.0, 0.0])
        self.box = torch.stack([(end - self.middle) * self.scale for end in (low, high)])
        self.origins, self.directions, self.colours = [], [], []
        for camera in info["cameras"]:
            origins, directions = self.rays(camera)
            self.origins.append(origins)
            self.directions.append(directions)
            if photos:
                self.colours.append(read_photo(find_photo(photos, camera["file_path"]), camera["w"], camera["h"]))
        # Hand-set in the published configurations: where the first ray reaches the box from above, and beyond everything.
        down = [d[:, 2] < -1e-3 for d in self.directions]
        top = [((o[:, 2] - self.box[1, 2]) / -d[:, 2])[m] for o, d, m in zip(self.origins, self.directions, down)]
        self.near, self.far = max(1e-3, float(min(t.min() for t in top))), 4.0

    def rays(self, camera):
        pose = torch.tensor(camera["transform_matrix"])[:3]
        pose = torch.cat([pose[:, :3], ((pose[:, 3] - self.middle) * self.scale)[:, None]], 1)
        rows, columns = torch.meshgrid(torch.arange(camera["h"]), torch.arange(camera["w"]), indexing="ij")
        return g.camera_rays(camera["w"], camera["h"], camera["fl_x"], pose, columns.flatten().float(), rows.flatten().float())


def find_photo(folder, name):
    candidates = [folder / name, folder / "images" / name]
    return next(path for path in candidates if path.is_file())


def read_photo(path, width, height):
    image = Image.open(path).convert("RGB").resize((width, height), Image.Resampling.BOX)
    return torch.from_numpy(numpy.asarray(image).reshape(-1, 3).copy()).float() / 255


def make_field(info, scene, options):
    tensors = {t["name"]: t for t in info["tensors"]}
    settings = info["field"]["settings"]
    planes = []
    for level in range(settings["levels"]):
        plane, line = (tensors[f"block0.{kind}{level}"] for kind in ("plane", "line"))
        planes.append((plane["columns"], plane["rows"], line["columns"]))
    density = options.density_channels or settings["density-channels"]
    appearance = options.appearance_channels or settings["appearance-channels"]
    return g.GridNerf(scene.box, planes, density, appearance, settings["features"], hidden=options.hidden, activation=options.activation)


class Trainer:
    """The published loop, hull samples, with its regularisers or without. Photos in memory, pixels drawn at random."""

    def __init__(self, field, scene, regularised):
        self.field, self.scene, self.regularised = field, scene, regularised
        self.origins, self.directions, self.colours = (torch.cat(x) for x in (scene.origins, scene.directions, scene.colours))
        try:
            self.optimiser = g.make_optimiser(field, fused=True)
        except (TypeError, RuntimeError):  # before PyTorch 2.4
            self.optimiser = g.make_optimiser(field)
        self.rays, self.error = 0, 0.0

    def step(self, batch, samples):
        chosen = torch.randint(len(self.origins), (batch,))
        origins, directions = self.origins[chosen], self.directions[chosen]
        distances = g.hull_distances(origins, directions, self.scene.box[0, 2], self.scene.near, self.scene.far, samples,
                                     torch.rand(batch, samples))
        colour, weights, _ = self.field.march(origins, directions, distances)
        loss = ((colour - self.colours[chosen]) ** 2).mean()
        self.rays += batch
        self.error = float(loss.detach())
        self.shaded = float((weights > g.WEIGHT_THRESHOLD).sum()) / batch
        if self.regularised:
            loss = loss + g.regularisers(self.field)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()

    def run(self, seconds, batch, samples):
        start, first = time.perf_counter(), self.rays
        steps = 0
        while time.perf_counter() - start < seconds:
            self.step(batch, samples)
            steps += 1
        elapsed = time.perf_counter() - start
        return {"batch": batch, "samples": samples, "steps": steps, "seconds": elapsed, "rays_per_s": (self.rays - first) / elapsed,
                "shaded_per_ray": self.shaded, "train_psnr": -10 * float(numpy.log10(self.error))}


def train(field, scene, options):
    """At least the given time and until rays find something, which softplus(s - 10) delays. The alpha mask is made at half and at the end."""
    trainer = Trainer(field, scene, True)
    parts = []
    while len(parts) < 2 or trainer.shaded < 1:
        if len(parts) == 10:
            raise SystemExit("yardstick: the field is still empty: give it more seconds, a smaller batch and --activation relu")
        parts.append(trainer.run(options.train / 2, options.batch[0], options.samples[0]))
        if trainer.shaded >= 1:
            with torch.no_grad():
                field.mask = g.AlphaMask(field)
    torch.save({"state": field.state_dict(), "mask": field.mask.volume.to(torch.bool), "activation": field.activation}, options.field)
    return {"training": parts, "rays": trainer.rays, "mask_filled": float(field.mask.volume.mean())}


def load(field, path):
    stored = torch.load(path)
    field.load_state_dict(stored["state"])
    field.activation = stored["activation"]
    field.mask = g.AlphaMask.__new__(g.AlphaMask)
    field.mask.volume = stored["mask"].float()


def measure_training(field, scene, options):
    """Each setting without the published regularisers, which is faster, and the first one with them."""
    settings = [(batch, samples, False) for batch, samples in itertools.product(options.batch, options.samples)]
    results = []
    for batch, samples, regularised in [*settings, (*settings[0][:2], True)]:
        trainer = Trainer(field, scene, regularised)
        trainer.step(batch, samples)
        results.append({**trainer.run(options.measure_training, batch, samples), "regularised": regularised})
        print(f"  batch {batch}, {samples} samples: {results[-1]['rays_per_s']:.0f} rays/s", file=sys.stderr)
    return {"training": results}


@torch.inference_mode()
def measure_rendering(field, scene, options):
    """The cameras one after the other until the time is over, in batches; whole pictures are scored outside of the clock."""
    cameras = json.loads(options.cameras.read_text())
    batch, samples, shaded = options.batch[0], options.samples[0], []

    def render(rays):
        origins, directions = rays
        distances = g.hull_distances(origins, directions, scene.box[0, 2], scene.near, scene.far, samples)
        colour, weights, _ = field.march(origins, directions, distances)
        shaded.append(float((weights > g.WEIGHT_THRESHOLD).sum()) / len(origins))
        return colour

    def batches(camera):
        return zip(*(x.split(batch) for x in scene.rays(camera)))

    render(next(batches(cameras[0])))
    rays, seconds, errors = 0, 0.0, []
    for k in itertools.count():
        camera, parts = cameras[k % len(cameras)], []
        for part in batches(camera):
            start = time.perf_counter()
            parts.append(render(part))
            seconds += time.perf_counter() - start
            rays += len(parts[-1])
            if seconds > options.measure_rendering:
                break
        picture = torch.cat(parts)
        if k < len(cameras):
            photo = read_photo(find_photo(options.photos, camera["file_path"]), camera["w"], camera["h"])
            errors.append(float(((picture - photo[:len(picture)]) ** 2).mean()))
        if seconds > options.measure_rendering:
            break
    return {"rendering": [{"batch": batch, "samples": samples, "rays_per_s": rays / seconds, "seconds": seconds,
                           "shaded_per_ray": sum(shaded) / len(shaded), "psnr": -10 * float(numpy.log10(sum(errors) / len(errors)))}]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--info", type=pathlib.Path, required=True)
    parser.add_argument("--photos", type=pathlib.Path, required=True)
    parser.add_argument("--cameras", type=pathlib.Path, help="JSON list of cameras to render, in the scene's frame")
    parser.add_argument("--field", type=pathlib.Path, required=True)
    parser.add_argument("--train", type=float, metavar="SECONDS")
    parser.add_argument("--measure-training", type=float, metavar="SECONDS")
    parser.add_argument("--measure-rendering", type=float, metavar="SECONDS")
    parser.add_argument("--batch", type=int, nargs="+", default=[4096])
    parser.add_argument("--samples", type=int, nargs="+", default=[128])
    parser.add_argument("--density-channels", type=int, help="default: those of INFO.json (published: 16)")
    parser.add_argument("--appearance-channels", type=int, help="default: those of INFO.json (published: 48)")
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--activation", choices=("softplus", "relu"), default="relu",
                        help="both are published; softplus needs many more steps until anything is seen")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(20211202)
    info = json.loads(options.info.read_text())
    scene = Scene(info, None if options.measure_rendering else options.photos)
    field = make_field(info, scene, options)
    if not options.train:
        load(field, options.field)
    if options.train:
        result = train(field, scene, options)
    elif options.measure_training:
        result = measure_training(field, scene, options)
    else:
        result = measure_rendering(field, scene, options)
    result |= {"torch": torch.__version__, "threads": torch.get_num_threads(), "parameters": sum(p.numel() for p in field.parameters())}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
