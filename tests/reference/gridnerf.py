"""The published GridNeRF (Xu et al., CVPR 2023, and its released training code), written again from its description: one source of the
formulas for the golden values of the tests and for the yardstick of the benchmark.

These are the published conventions, not Skyline's: directions are not normalised, pixels have no centre, densities are multiplied by 25,
the last interval of a ray counts nothing, and colours are not renormalised. docs/reference.md lists them.

Shapes: rays [R, 3], samples [R, N], points [M, 3]. Any floating type.
"""

import torch
from torch.nn.functional import grid_sample, relu, softplus

DENSITY_SHIFT = -10.0
DISTANCE_SCALE = 25.0
WEIGHT_THRESHOLD = 1e-3  # samples of a lower weight give no colour
TRANSMITTANCE_LEAK = 1e-10
NERF_LAST_INTERVAL = 1e3
STEP_RATIO = 0.5  # of the dense sampler, in mean base cells
MASK_OPACITY = 1e-4  # alpha mask: cells below are empty


# ---- rays -------------------------------------------------------------------------------------------------------------------------------


def camera_rays(width, height, focal, pose, columns, rows):
    """Rays of pixels. pose [3, 4] camera to world, OpenGL axes. One focal length, principal point in the middle, no pixel centre."""
    x = (columns - width / 2) / focal
    y = -(rows - height / 2) / focal
    local = torch.stack([x, y, -torch.ones_like(x)], -1)
    directions = local @ pose[:, :3].T
    return pose[:, 3].expand_as(directions), directions


def dense_distances(origins, directions, box, near, far, step, count, jitter=0.0):
    """Equal steps from where the ray enters the box, clamped to [near, far]. jitter: number or [R, 1] in [0, 1)."""
    inverse = 1 / torch.where(directions == 0, torch.full_like(directions, 1e-6), directions)
    entry = torch.minimum((box[0] - origins) * inverse, (box[1] - origins) * inverse).amax(-1).clamp(near, far)
    steps = torch.arange(count, dtype=origins.dtype) + jitter
    return entry[:, None] + step * steps


def hull_distances(origins, directions, low_z, near, far, count, jitter=None):
    """Linear from `near` to the plane z = low_z, or to `far` for rays that do not look down. jitter [R, count] moves each sample between
    the middles to its neighbours."""
    down = directions[:, 2] < 0
    ground = -(origins[:, 2] - low_z) / torch.where(down, directions[:, 2], -torch.ones_like(directions[:, 2]))
    end = torch.where(down, ground, torch.full_like(ground, far))[:, None]
    share = torch.linspace(0, 1, count, dtype=origins.dtype)
    distances = near * (1 - share) + end * share
    if jitter is None:
        return distances
    middle = 0.5 * (distances[:, 1:] + distances[:, :-1])
    low = torch.cat([distances[:, :1], middle], -1)
    high = torch.cat([middle, distances[:, -1:]], -1)
    return low + (high - low) * jitter


# ---- one sample -------------------------------------------------------------------------------------------------------------------------


def normalise(points, box):
    return (points - box[0]) * (2 / (box[1] - box[0])) - 1


def inside(points, box):
    return ((points >= box[0]) & (points <= box[1])).all(-1)


def encode(v, frequencies):
    """[sin(2^k v) | cos(2^k v)], k < frequencies, component-major, without pi."""
    scaled = (v[..., None] * 2.0 ** torch.arange(frequencies, dtype=v.dtype)).flatten(-2)
    return torch.cat([scaled.sin(), scaled.cos()], -1)


def plane_times_line(plane, line, p):
    """plane [1, C, Y, X], line [1, C, Z, 1], p [M, 3] normalised -> [M, C]. Texel centres on -1 and 1, zeros outside."""
    ground = p[None, :, None, :2]
    height = torch.stack([torch.zeros_like(p[:, 2]), p[:, 2]], -1)[None, :, None]
    options = {"align_corners": True, "mode": "bilinear", "padding_mode": "zeros"}
    return (grid_sample(plane, ground, **options) * grid_sample(line, height, **options))[0, :, :, 0].T


def activate_density(s, kind="softplus"):
    return softplus(s + DENSITY_SHIFT) if kind == "softplus" else relu(s)


# ---- one ray ----------------------------------------------------------------------------------------------------------------------------


def intervals(distances, last=0.0):
    return torch.cat([distances[:, 1:] - distances[:, :-1], torch.full_like(distances[:, :1], last)], -1)


def weights_of(densities, lengths):
    opacity = 1 - torch.exp(-densities * lengths)
    passed = torch.cumprod(torch.cat([torch.ones_like(opacity[:, :1]), 1 - opacity + TRANSMITTANCE_LEAK], -1), -1)
    return opacity * passed[:, :-1]


def blend(weights, colours, white_background=True):
    colour = (weights[..., None] * colours).sum(1)
    if white_background:
        colour = colour + (1 - weights.sum(1, keepdim=True))
    return colour.clamp(0, 1)


# ---- networks ---------------------------------------------------------------------------------------------------------------------------


class Decoder(torch.nn.Module):
    """[features | code | direction | PE(features) | PE(direction)] -> hidden -> hidden -> 3."""

    def __init__(self, features=27, code=0, hidden=128, feature_frequencies=2, direction_frequencies=2):
        super().__init__()
        self.feature_frequencies, self.direction_frequencies = feature_frequencies, direction_frequencies
        inputs = features * (1 + 2 * feature_frequencies) + code + 3 * (1 + 2 * direction_frequencies)
        self.layers = torch.nn.ModuleList(
            [torch.nn.Linear(inputs, hidden), torch.nn.Linear(hidden, hidden), torch.nn.Linear(hidden, 3)])
        torch.nn.init.zeros_(self.layers[2].bias)

    def forward(self, features, directions, code=None):
        parts = [features] + ([] if code is None else [code]) + [directions]
        parts += [encode(features, self.feature_frequencies), encode(directions, self.direction_frequencies)]
        x = torch.cat(parts, -1)
        for layer in self.layers[:2]:
            x = relu(layer(x))
        return torch.sigmoid(self.layers[2](x))


class NerfBranch(torch.nn.Module):
    """Positional MLP on world positions, fed with the grid's density and appearance products."""

    SKIP = 4

    def __init__(self, density_products, appearance_products, code=0, hidden=128, layers=6, frequencies=16, direction_frequencies=4):
        super().__init__()
        self.frequencies, self.direction_frequencies = frequencies, direction_frequencies
        inputs = 3 * (1 + 2 * frequencies) + density_products
        widths = [inputs if i == 0 else hidden + (inputs if i == self.SKIP else 0) for i in range(layers)]
        self.trunk = torch.nn.ModuleList([torch.nn.Linear(width, hidden) for width in widths])
        self.density = torch.nn.Linear(hidden, 1)
        self.feature = torch.nn.Linear(hidden, hidden)
        tail = 3 * (1 + 2 * direction_frequencies) + appearance_products + code
        self.colour = torch.nn.ModuleList([torch.nn.Linear(hidden + tail, 64), torch.nn.Linear(64, 64), torch.nn.Linear(64, 3)])

    def forward(self, positions, density_products, directions, appearance_products, code=None):
        x = inputs = torch.cat([positions, encode(positions, self.frequencies), density_products], -1)
        for i, layer in enumerate(self.trunk):
            x = relu(layer(torch.cat([inputs, x], -1) if i == self.SKIP else x))
        density = relu(self.density(x))[:, 0]
        parts = [self.feature(x), directions, encode(directions, self.direction_frequencies), appearance_products]
        x = torch.cat(parts + ([] if code is None else [code]), -1)
        for layer in self.colour[:2]:
            x = relu(layer(x))
        return density, torch.sigmoid(self.colour[2](x))


# ---- the field --------------------------------------------------------------------------------------------------------------------------


class AlphaMask:
    """Where something is: opacity of one step at the vertices of the base grid, the largest of 3 x 3 x 3, cut at MASK_OPACITY."""

    def __init__(self, field):
        x, y, z = (torch.linspace(-1, 1, n) for n in field.base)
        density = []
        for height in z:
            p = torch.stack([*torch.meshgrid(y, x, indexing="ij")[::-1], height.expand(len(y), len(x))], -1)
            density.append(field.density_at(p.reshape(-1, 3)).reshape(len(y), len(x)))
        opacity = 1 - torch.exp(-torch.stack(density) * field.dense_step())[None, None]
        opacity = torch.nn.functional.max_pool3d(opacity, 3, stride=1, padding=1)
        self.volume = (opacity > MASK_OPACITY).to(field.box.dtype)

    def keeps(self, p):
        return grid_sample(self.volume, p[None, :, None, None], align_corners=True).flatten() > 0


class GridNerf(torch.nn.Module):
    """Grid branch: per level a plane (x, y) times a line (z). planes: [(columns, rows, height)] of the levels."""

    def __init__(self, box, planes, density_channels=16, appearance_channels=48, features=27, code=0, hidden=128, activation="softplus"):
        super().__init__()
        self.register_buffer("box", box)
        self.base, self.activation, self.mask = planes[0], activation, None

        def tensors(channels, shape):
            return torch.nn.ParameterList([torch.nn.Parameter(0.1 * torch.randn(1, channels, *shape(*p), dtype=box.dtype)) for p in planes])

        def plane(columns, rows, _):
            return rows, columns

        def line(_columns, _rows, height):
            return height, 1

        self.density_planes, self.density_lines = tensors(density_channels, plane), tensors(density_channels, line)
        self.appearance_planes, self.appearance_lines = tensors(appearance_channels, plane), tensors(appearance_channels, line)
        self.basis = torch.nn.Linear(appearance_channels * len(planes), features, bias=False)
        self.decoder = Decoder(features, code, hidden)

    def dense_step(self):
        cells = torch.tensor([n - 1 for n in self.base], dtype=self.box.dtype)
        return STEP_RATIO * float(((self.box[1] - self.box[0]) / cells).mean())

    def density_products(self, p):
        return torch.cat([plane_times_line(a, b, p) for a, b in zip(self.density_planes, self.density_lines)], -1)

    def appearance_products(self, p):
        return torch.cat([plane_times_line(a, b, p) for a, b in zip(self.appearance_planes, self.appearance_lines)], -1)

    def density_at(self, p):
        return activate_density(self.density_products(p).sum(-1), self.activation)

    def colour_at(self, p, directions, code=None):
        return self.decoder(self.basis(self.appearance_products(p)), directions, code)

    def march(self, origins, directions, distances, white_background=True):
        """Colours [R, 3], weights [R, N] and depth [R]: density where the box and the mask have something, colour above the threshold."""
        points = origins[:, None] + directions[:, None] * distances[..., None]
        p, valid = normalise(points, self.box), inside(points, self.box)
        if self.mask is not None:
            valid[valid.clone()] = self.mask.keeps(p[valid])
        densities = torch.zeros_like(distances).masked_scatter(valid, self.density_at(p[valid]))
        weights = weights_of(densities, DISTANCE_SCALE * intervals(distances))
        shaded = weights > WEIGHT_THRESHOLD
        colours = torch.zeros_like(points)
        if shaded.any():
            colours[shaded] = self.colour_at(p[shaded], directions[:, None].expand_as(points)[shaded])
        return blend(weights, colours, white_background), weights, (weights * distances).sum(1)


# ---- training ---------------------------------------------------------------------------------------------------------------------------

L1_WEIGHT, TV_DENSITY_WEIGHT, TV_APPEARANCE_WEIGHT = 8e-5, 0.1 * 1e-2, 0.01 * 1e-2


def total_variation(planes):
    def squared(x):
        return (x * x).mean()

    return sum(2 * (squared(x[:, :, 1:] - x[:, :, :-1]) + squared(x[:, :, :, 1:] - x[:, :, :, :-1])) for x in planes)


def regularisers(field, rate_factor=1.0):
    l1 = sum(x.abs().mean() for x in [*field.density_planes, *field.density_lines])
    variation = TV_DENSITY_WEIGHT * total_variation(field.density_planes) + TV_APPEARANCE_WEIGHT * total_variation(field.appearance_planes)
    return L1_WEIGHT * l1 + rate_factor * variation


def make_optimiser(field, **options):
    tensors = [*field.density_planes, *field.density_lines, *field.appearance_planes, *field.appearance_lines]
    networks = [*field.basis.parameters(), *field.decoder.parameters()]
    return torch.optim.Adam([{"params": tensors, "lr": 0.02}, {"params": networks, "lr": 1e-3}], betas=(0.9, 0.99), **options)
