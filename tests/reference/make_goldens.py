#!/usr/bin/env python3
"""Writes goldens/*.json: inputs and outputs of the published formulas in double, for tests/nerf/reference_goldens_test.cpp.

    build/reference-venv/bin/python tests/reference/make_goldens.py      (any Python with PyTorch does)

Large tensors are not stored: both sides make them from a seed by `numbers`.
"""

import json
import pathlib

import torch

import gridnerf as g

FOLDER = pathlib.Path(__file__).parent / "goldens"
MASK = (1 << 64) - 1


def numbers(seed, *shape, scale=1.0):
    """Numbers in [-scale, scale), row-major: number i is splitmix64(seed * 2^32 + i), 53 bits of it."""
    values = []
    for i in range(torch.Size(shape).numel()):
        z = ((seed << 32) + i + 1) * 0x9E3779B97F4A7C15 & MASK
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        z ^= z >> 31
        values.append((z >> 11) * 2.0**-52 - 1)
    return scale * torch.tensor(values, dtype=torch.float64).reshape(shape)


def fill_layer(layer, seed):
    """Weights [outputs, inputs] from `seed`, bias from `seed` + 1."""
    layer.weight.data = numbers(seed, *layer.weight.shape, scale=layer.in_features**-0.5 * 1.7)
    if layer.bias is not None:
        layer.bias.data = numbers(seed + 1, *layer.bias.shape, scale=0.3)


def plain(value):
    if isinstance(value, torch.Tensor):
        return value.tolist()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


POSE = torch.tensor([[0.8, 0.36, -0.48, 0.4], [-0.6, 0.48, -0.64, -0.9], [0.0, 0.8, 0.6, 2.6]], dtype=torch.float64)
BOX = torch.tensor([[-2.4, -2.4, -0.05], [2.4, 2.0, 0.55]], dtype=torch.float64)
LEVELS = [(7 * j, 6 * j, 4 * j) for j in (1, 2, 4)]


def make_field(code):
    """Levels of 7 x 6 x 4 base texels, published channels and decoder."""
    field = g.GridNerf(BOX, LEVELS, code=code).double()
    for level in range(3):
        for kind, planes, lines in ((0, field.density_planes, field.density_lines), (1, field.appearance_planes, field.appearance_lines)):
            seed = 100 + 10 * level + 2 * kind
            # Density products are positive and large enough to make surfaces after the shift of -10.
            shift, scale = (0.42, 0.35) if kind == 0 else (0.0, 1.0)
            planes[level].data = numbers(seed, *planes[level].shape, scale=scale) + shift
            lines[level].data = numbers(seed + 1, *lines[level].shape, scale=scale) + shift
    fill_layer(field.basis, 200)
    for i, layer in enumerate(field.decoder.layers):
        fill_layer(layer, 210 + 2 * i)
    return field


def rays_case():
    columns = torch.tensor([0.0, 1, 5, 31, 63, 40])
    rows = torch.tensor([0.0, 7, 2, 24, 47, 11])
    origins, directions = g.camera_rays(64, 48, 70.0, POSE, columns.double(), rows.double())
    return {"width": 64, "height": 48, "focal": 70.0, "pose": POSE, "columns": columns, "rows": rows, "origins": origins,
            "directions": directions}


def samplers_case():
    origins = numbers(1, 5, 3) + torch.tensor([0.0, 0.0, 2.0])
    directions = torch.cat([numbers(2, 4, 3) - torch.tensor([0.0, 0.0, 1.2]), torch.tensor([[0.3, 1.0, 0.2]])])
    return {"origins": origins, "directions": directions, "box": BOX, "near": 0.2, "far": 4.0, "step": 0.13, "count": 9,
            "hull": g.hull_distances(origins, directions, BOX[0, 2], 0.2, 4.0, 9),
            "dense": g.dense_distances(origins, directions, BOX, 0.2, 4.0, 0.13, 9)}


def compositing_case():
    distances = (0.02 * torch.arange(1, 25)).expand(6, 24) + 0.015 * numbers(3, 6, 24) + 1
    densities = (8 * numbers(4, 6, 24)).clamp(min=0) * torch.tensor([[0.01], [0.2], [1.0], [3.0], [0.0], [40.0]])
    weights = g.weights_of(densities, g.DISTANCE_SCALE * g.intervals(distances))
    colours = (0.5 + 0.5 * numbers(5, 6, 24, 3)) * (weights > g.WEIGHT_THRESHOLD)[..., None]
    return {"distances": distances, "densities": densities, "colours_seed": 5, "weights": weights,
            "depth": (weights * distances).sum(1), "white": g.blend(weights, colours), "black": g.blend(weights, colours, False),
            "nerf_weights": g.weights_of(densities, g.intervals(distances, g.NERF_LAST_INTERVAL))}


def sample_case(field):
    p = numbers(6, 12, 3)
    p[0], p[1] = torch.tensor([-1.0, -1.0, -1.0]), torch.tensor([1.0, 1.0, 1.0])
    points = BOX[0] + (p + 1) * 0.5 * (BOX[1] - BOX[0])
    p = g.normalise(points, BOX)
    directions, code = numbers(7, 12, 3), numbers(8, 48)
    appearance = field.appearance_products(p)
    features = field.basis(appearance)
    sums = field.density_products(p).sum(-1)
    return {"points": points, "directions": directions, "code": code, "density_sum": sums, "softplus": g.activate_density(sums),
            "relu": g.activate_density(sums - 8, "relu"), "appearance_products": appearance[:3], "features": features,
            "colour": field.decoder(features, directions, code.expand(12, 48))}


def encoding_case():
    v = 3 * numbers(9, 4, 5)
    return {"values": v, "frequencies": 4, "encoded": g.encode(v, 4)}


def branch_case(field):
    branch = g.NerfBranch(48, 144, code=48).double()
    for i, layer in enumerate([*branch.trunk, branch.density, branch.feature, *branch.colour]):
        fill_layer(layer, 300 + 2 * i)
    points = BOX[0] + (numbers(10, 8, 3) + 1) * 0.5 * (BOX[1] - BOX[0])
    p = g.normalise(points, BOX)
    directions, code = numbers(11, 8, 3), numbers(12, 48)
    density, colour = branch(points, field.density_products(p), directions, field.appearance_products(p), code.expand(8, 48))
    return {"points": points, "directions": directions, "code": code, "density": density, "colour": colour}


def march_case(field):
    """Whole rays: camera, hull samples, density, weights, colour, white background."""
    columns, rows = torch.tensor([3.0, 20, 33, 47, 60]), torch.tensor([40.0, 22, 30, 5, 44])
    origins, directions = g.camera_rays(64, 48, 70.0, POSE, columns.double(), rows.double())
    distances = g.hull_distances(origins, directions, BOX[0, 2], 0.2, 4.0, 64)
    colour, weights, depth = field.march(origins, directions, distances)
    return {"columns": columns, "rows": rows, "near": 0.2, "far": 4.0, "count": 64, "colour": colour, "depth": depth,
            "opacity": weights.sum(1), "shaded": (weights > g.WEIGHT_THRESHOLD).sum(1)}


def main():
    torch.set_default_dtype(torch.float64)
    FOLDER.mkdir(exist_ok=True)
    with torch.no_grad():
        field, coded = make_field(0), make_field(48)
        cases = {"rays": rays_case(), "samplers": samplers_case(), "encoding": encoding_case(), "compositing": compositing_case(),
                 "sample": sample_case(coded), "nerf_branch": branch_case(field), "march": march_case(field)}
        cases["sample"]["numbers"] = numbers(1234, 4)
    for name, case in cases.items():
        text = json.dumps(plain(case), separators=(",", ":"))
        (FOLDER / f"{name}.json").write_text(text.replace('],"', '],\n"') + "\n")
        print(f"{name}: {len(text)} bytes")


if __name__ == "__main__":
    main()
