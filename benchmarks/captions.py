#!/usr/bin/env python3
"""Captions of random views of generated cities, every statement held against ground truth: scripts/bench captions [OPTIONS].

For each seed a quarter of 400 m is generated, views are drawn at random (straight down, bird's eye, oblique, level, from the street), and
`skyline caption` describes each in English and Chinese; some objects in view are described too. The ray tracer's layers of the same views,
finer than those that the captions are made from, and the catalogue are the truth. Nothing of the program's own facts is used here: a
statement counts as true when its words, read again by this script, fit what the truth shows. The last line is the result as JSON.
"""
import argparse
import collections
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile

import numpy

WIDTH, HEIGHT = 480, 270
LEAST_SHARE = 2.5e-4  # of the picture: an object can be made out (docs/captions.md)
KINDS = ("down", "bird", "oblique", "oblique", "level", "street")

PARENT = {c: p for p, cs in {
    "building": "tower house apartment office church school hospital station warehouse factory shop hotel museum stadium skyscraper",
    "road": "street", "water": "river lake pond canal sea", "green": "park garden field forest", "vehicle": "car bus truck"}.items() for c in cs.split()}
NOUNS = {  # class: English singular, plural, Chinese, measure words that a person may use
    "building": ("building", "buildings", "建筑", "栋座幢"), "tower": ("tower", "towers", "塔楼", "座栋"), "house": ("house", "houses", "民房", "幢座栋"),
    "apartment": ("apartment building", "apartment buildings", "住宅楼", "栋幢座"), "office": ("office building", "office buildings", "写字楼", "栋座幢"),
    "church": ("church", "churches", "教堂", "座"), "school": ("school", "schools", "学校", "所"), "hospital": ("hospital", "hospitals", "医院", "所家"),
    "station": ("station", "stations", "车站", "座"), "warehouse": ("warehouse", "warehouses", "仓库", "座"), "factory": ("factory", "factories", "工厂", "座家"),
    "shop": ("shop", "shops", "商店", "家"), "hotel": ("hotel", "hotels", "酒店", "家"), "museum": ("museum", "museums", "博物馆", "座"),
    "stadium": ("stadium", "stadiums", "体育场", "座"), "skyscraper": ("skyscraper", "skyscrapers", "摩天楼", "栋座"), "road": ("road", "roads", "道路", "条"),
    "street": ("street", "streets", "街道", "条"), "bridge": ("bridge", "bridges", "桥", "座"), "railway": ("railway line", "railway lines", "铁路", "条"),
    "square": ("square", "squares", "广场", "座个"), "parking": ("car park", "car parks", "停车场", "座个"), "river": ("river", "rivers", "河", "条"),
    "lake": ("lake", "lakes", "湖", "片个"), "pond": ("pond", "ponds", "池塘", "座个"), "park": ("park", "parks", "公园", "座"), "garden": ("garden", "gardens", "花园", "座"),
    "field": ("field", "fields", "田野", "片"), "forest": ("wood", "woods", "树林", "片"), "tree": ("tree", "trees", "树", "棵"),
    "vehicle": ("vehicle", "vehicles", "车", "辆"), "car": ("car", "cars", "汽车", "辆"), "bus": ("bus", "buses", "公交车", "辆"), "truck": ("truck", "trucks", "卡车", "辆"),
    "crane": ("crane", "cranes", "吊车", "台"), "wall": ("wall", "walls", "墙", "道"), "monument": ("monument", "monuments", "纪念碑", "座"),
    "water": ("stretch of water", "stretches of water", "水面", "片"), "green": ("green space", "green spaces", "绿地", "片"), "other": ("object", "objects", "物体", "个"),
    "canal": ("canal", "canals", "运河", "条"), "sea": ("stretch of sea", "stretches of sea", "海", "片")}
NUMBERS = {w: i for i, w in enumerate("no one two three four five six seven eight nine ten eleven twelve".split())}
NUMBERS_ZH = {w: i for i, w in enumerate("零一两三四五六七八九十")}
WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
WINDS_ZH = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
FRACTIONS = {"a tenth": .1, "an eighth": .125, "a sixth": 1 / 6, "a fifth": .2, "a quarter": .25, "a third": 1 / 3, "two fifths": .4, "half": .5, "three fifths": .6,
             "two thirds": 2 / 3, "three quarters": .75, "four fifths": .8, "nine tenths": .9}
FRACTIONS_ZH = {"十分之一": .1, "八分之一": .125, "六分之一": 1 / 6, "五分之一": .2, "四分之一": .25, "三分之一": 1 / 3, "五分之二": .4, "一半": .5, "五分之三": .6,
                "三分之二": 2 / 3, "四分之三": .75, "五分之四": .8, "十分之九": .9}
PALETTE = {"red": (0xc0, 0x39, 0x2b), "orange": (0xe6, 0x7e, 0x22), "yellow": (0xf1, 0xc4, 0x0f), "green": (0x27, 0xae, 0x60), "blue": (0x29, 0x80, 0xb9),
           "purple": (0x8e, 0x44, 0xad), "pink": (0xf5, 0xa9, 0xb8), "brown": (0x8b, 0x5a, 0x2b), "black": (0x20, 0x20, 0x20), "white": (0xf5, 0xf5, 0xf5), "grey": (0x80, 0x80, 0x80)}
PALETTE_ZH = dict(zip("红橙黄绿蓝紫粉棕黑白灰", PALETTE))


class Wrong(Exception):
    """A statement that is not true, or cannot be read; the text says why."""


def claim(holds, why):
    if not holds:
        raise Wrong(why)


def run(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{arguments[0]} failed")
    return done.stdout


# ---- geometry of footprints and lines

def segment_distance(p, a, b):
    ab = b - a
    t = min(1.0, max(0.0, float(numpy.dot(p - a, ab)) / max(1e-12, float(numpy.dot(ab, ab)))))
    return float(numpy.hypot(*(p - a - t * ab)))


def cross(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def segments_cross(a, b, c, d):
    return cross(a, b, c) * cross(a, b, d) <= 0 and cross(c, d, a) * cross(c, d, b) <= 0


class Thing:
    """An object of the catalogue with its shape."""

    def __init__(self, entry):
        self.__dict__.update(id=entry["id"], kind=entry["class"], name=entry.get("name", ""), name_zh=entry.get("name_zh", ""),
                             height=entry.get("height", 0.0), base=entry.get("base", 0.0), width=entry.get("width", 0.0),
                             wall=entry.get("wall"), roof=entry.get("roof"), line="path" in entry)
        self.points = [numpy.array(p, float) for p in entry.get("path", entry.get("footprint"))]
        count = len(self.points)
        self.edges = [(self.points[i], self.points[(i + 1) % count]) for i in range(count - 1 if self.line else count)]

    def is_a(self, kind):
        return self.kind == kind or PARENT.get(self.kind) == kind

    def area(self):
        return 0.0 if self.line else abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in self.edges)) / 2

    def length(self):
        return sum(float(numpy.hypot(*(b - a))) for a, b in self.edges)

    def middle(self):
        if self.line:
            return sum(self.points) / len(self.points)
        doubled = sum(a[0] * b[1] - a[1] * b[0] for a, b in self.edges)
        return sum((a + b) * (a[0] * b[1] - a[1] * b[0]) for a, b in self.edges) / (3 * doubled)

    def contains(self, p):
        inside = False
        for a, b in self.edges:
            if (a[1] > p[1]) != (b[1] > p[1]) and p[0] < a[0] + (p[1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1]):
                inside = not inside
        return inside and not self.line

    def gap(self, other):
        if self.contains(other.points[0]) or other.contains(self.points[0]):
            return 0.0
        least = math.inf
        for a, b in self.edges:
            for c, d in other.edges:
                if segments_cross(a, b, c, d):
                    least = 0.0
                least = min(least, segment_distance(a, c, d), segment_distance(b, c, d), segment_distance(c, a, b), segment_distance(d, a, b))
        return max(0.0, least - (self.width / 2 if self.line else 0) - (other.width / 2 if other.line else 0))

    def breadth(self):
        if self.line:
            return self.width
        spans = numpy.ptp(numpy.array(self.points), axis=0)
        return float(max(spans))


def lab(rgb):
    def decode(v):
        v /= 255
        return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
    r, g, b = (decode(v) for v in rgb)
    xyz = ((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047, 0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
           (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    f = [v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz]
    return numpy.array((116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])))


# ---- one view's truth

class Truth:
    def __init__(self, camera, things, folder, name):
        self.things = things
        load = lambda layer: numpy.load(os.path.join(folder, f"{name}.{layer}.npy"))
        self.ids, self.depth, self.part = load("object"), load("depth"), load("part")
        self.pixels = self.ids.size
        self.position = numpy.array([camera["transform_matrix"][i][3] for i in range(3)])
        rotation = numpy.array([camera["transform_matrix"][i][:3] for i in range(3)])
        self.forward, self.up = -rotation[:, 2], rotation[:, 1]
        scale = HEIGHT / camera["h"]
        columns, rows = numpy.meshgrid(numpy.arange(WIDTH) + 0.5, numpy.arange(HEIGHT) + 0.5)
        rays = numpy.stack(((columns - WIDTH / 2) / (camera["fl_x"] * scale), -(rows - HEIGHT / 2) / (camera["fl_x"] * scale), -numpy.ones_like(rows)), -1)
        rays = rays @ rotation.T
        self.rays = rays / numpy.linalg.norm(rays, axis=-1, keepdims=True)
        values, counts = numpy.unique(self.ids, return_counts=True)
        self.count = {int(v): int(c) for v, c in zip(values, counts) if v != 0}
        self.surfaces = numpy.sort(self.depth[self.depth > 0])
        self.pitch = math.degrees(math.asin(max(-1, min(1, self.forward[2]))))
        self.above_ground = self.height_above_ground()

    def height_above_ground(self):
        """From the ground pixels (streets, lawns) that lie nearest below the camera."""
        flat = (self.depth > 0) & numpy.isin(self.part, (1, 5))
        if flat.sum() < 20:
            return None
        points = self.position + self.depth[flat][:, None] * self.rays[flat]
        near = numpy.argsort(numpy.hypot(points[:, 0] - self.position[0], points[:, 1] - self.position[1]))[:40]
        return float(self.position[2] - numpy.median(points[near, 2]))

    def mask(self, i):
        return self.ids == i

    def share(self, i):
        return self.count.get(i, 0) / self.pixels

    def mean_column(self, i):
        return float((numpy.nonzero(self.mask(i))[1] + 0.5).mean()) / WIDTH

    def columns(self, i):
        return numpy.quantile((numpy.nonzero(self.mask(i))[1] + 0.5) / WIDTH, (0.02, 0.98))

    def distance(self, i, share=0.5):
        return float(numpy.quantile(self.depth[self.mask(i)], share))

    def surface_quantile(self, share):
        return float(self.surfaces[int(share * (len(self.surfaces) - 1))])


# ---- reading statements

def number_in(text, unit):
    """(value, said to be about)."""
    found = re.search(r"(about |约)?(\d+(?:\.\d+)?) ?" + unit, text)
    claim(found, f"no number with {unit}")
    return float(found.group(2)), bool(found.group(1))


def fits(text, unit, truth, relative, absolute):
    value, about = number_in(text, unit)
    room = max(relative * truth, absolute) if about else 0.051 if unit in ("m", "米") else 0.51
    claim(abs(value - truth) <= room, f"{truth:.2f} in truth")


def share_in(text, table):
    words = max((w for w in table if w in text), key=len, default=None)
    claim(words, "no share")
    claim("about" in text or "约" in text, "a share that is not called a rough one")
    return table[words]


def wind_in(text, winds):
    words = max((w for w in winds if w in text), key=len, default=None)
    claim(words, "no wind")
    return 45.0 * winds.index(words)


def turned(a, b):
    return abs((a - b + 180) % 360 - 180)


class Checker:
    """Holds statements of one language against the truth of one view."""

    def __init__(self, truth, things, language):
        self.t, self.things, self.zh = truth, things, language == "zh"

    def check(self, statement):
        getattr(self, "check_" + statement["fact"])(statement["text"], statement["objects"], statement)

    def named(self, text, i):
        """The words that the text calls an object by fit it."""
        thing = self.things[i]
        name = thing.name_zh if self.zh else thing.name
        if name:
            claim(name in text, f"it is called {name}")
            return
        singular, _, chinese, measures = NOUNS[thing.kind]
        if self.zh:
            claim(re.search(f"一[{measures}]{chinese}", text), f"it is {chinese}")
        else:
            article = "an" if singular[0] in "aeiou" else "a"
            claim(re.search(rf"\b{article} {singular}\b", text, re.I), f"it is {article} {singular}")

    # of the view

    def check_view(self, text, ids, _):
        pitch, height = self.t.pitch, self.t.above_ground
        words = {"A view straight down": (-90, -79), "垂直俯视": (-90, -79), "A bird's-eye view": (-81, -44), "鸟瞰": (-81, -44), "An oblique view": (-46, -11),
                 "斜向俯视": (-46, -11), "A level view": (-13, 13), "平视": (-13, 13), "A view upwards": (11, 90), "仰视": (11, 90), "A street-level view": (-36, 90), "街景": (-36, 90)}
        claim(text in words, "unknown kind of view")
        low, high = words[text]
        claim(low <= pitch <= high, f"pitch {pitch:.1f}")
        if text in ("A street-level view", "街景"):
            claim(height is not None and height < 8, f"{height} m above the ground")

    def check_camera_height(self, text, ids, _):
        claim(self.t.above_ground is not None, "no ground in view")
        fits(text, "米" if self.zh else "m", self.t.above_ground, 0.08, 1.3)

    def check_heading(self, text, ids, _):
        level = self.t.up if self.t.pitch < -80 else self.t.forward
        truth = math.degrees(math.atan2(level[0], level[1])) % 360
        said = wind_in(text, WINDS_ZH if self.zh else WINDS)
        claim(turned(said, truth) <= 23, f"{truth:.0f} degrees")

    def check_sky(self, text, ids, _):
        truth = float(((self.t.depth <= 0) & (self.t.rays[..., 2] > 0)).mean())
        said = share_in(text, FRACTIONS_ZH if self.zh else FRACTIONS)
        claim(abs(said - truth) <= max(0.03, 0.15 * truth), f"{truth:.3f} in truth")

    def check_share(self, text, ids, _):
        water = re.match(r"(水面|[Ww]ater)", text)
        kinds = ("water",) if water else ("tree", "green")
        seen = [i for i in self.t.count if any(self.things[i].is_a(k) for k in kinds)]
        truth = sum(self.t.share(i) for i in seen)
        said = share_in(text, FRACTIONS_ZH if self.zh else FRACTIONS)
        claim(abs(said - truth) <= max(0.03, 0.15 * truth), f"{truth:.3f} in truth")
        present = {self.things[i].kind for i in seen}
        for kind in ("tree", "park", "garden", "field", "forest", "green"):
            word = ("树木" if kind == "tree" else NOUNS[kind][2]) if self.zh else NOUNS[kind][1]
            if not water and re.search((r"\b" + word + r"\b") if not self.zh else word, text, re.I) and not (kind == "green" and "等绿色植被" in text):
                claim(kind in present, f"no {word} in view")

    def check_count(self, text, ids, _):
        if self.zh:
            found = re.fullmatch(r"(约|至少)?(\d+|[零一两三四五六七八九十])(.)(.+)", text)
            claim(found, "cannot be read")
            how, digits, measure, noun = found.groups()
            kind = next((k for k, n in NOUNS.items() if n[2] == noun), None)
            claim(kind and measure in NOUNS[kind][3], "no such noun with this measure word")
            number = NUMBERS_ZH.get(digits) if digits in NUMBERS_ZH else int(digits)
        else:
            found = re.fullmatch(r"(?:(about|at least) )?(\w+) (.+)", text[0].lower() + text[1:])
            claim(found, "cannot be read")
            how, digits, noun = found.groups()
            number = NUMBERS.get(digits) if digits in NUMBERS else int(digits)
            kind = next((k for k, n in NOUNS.items() if n[0 if number == 1 else 1] == noun), None)
            claim(kind, "no such noun in this number")
        shares = [self.t.share(i) for i in self.t.count if self.things[i].is_a(kind)]
        low, high = sum(s >= 1.25 * LEAST_SHARE for s in shares), sum(s >= LEAST_SHARE / 1.25 for s in shares)
        if how in ("about", "约"):
            claim(low - max(3, 0.1 * low) <= number <= high + max(3, 0.1 * high), f"{low} to {high} in truth")
        elif how:
            claim(number <= high, f"{high} in truth")
        else:
            claim(low <= number <= high, f"{low} to {high} in truth")

    def check_most(self, text, ids, _):
        words = {(n[2] if self.zh else n[1]): k for k, n in NOUNS.items()}
        kind = next((words[w] for w in sorted(words, key=len, reverse=True) if text.endswith(w)), None)
        claim(kind, "no class")
        seen = [self.things[i] for i in self.t.count if self.t.share(i) >= LEAST_SHARE and self.things[i].is_a("building")]
        claim(2 * sum(thing.kind == kind for thing in seen) > len(seen), "it is not most of them")

    # of objects in the view

    def check_place(self, text, ids, _):
        i = ids[0]
        if not text.startswith(("In this view", "它在")):
            self.named(text, i)
        claim(i in self.t.count, "it is not in view")
        middle = self.t.mean_column(i)
        if "whole width" in text or "横贯" in text:
            low, high = self.t.columns(i)
            claim(low < 0.1 and high > 0.9, f"it reaches from {low:.2f} to {high:.2f}")
            return
        places = (("left of the centre", .27, .44), ("right of the centre", .56, .73), ("the centre", .36, .64), ("on the left", 0, .35), ("on the right", .65, 1))
        if self.zh:
            places = (("中间偏左", .27, .44), ("中间偏右", .56, .73), ("中央", .36, .64), ("左侧", 0, .35), ("右侧", .65, 1))
        low, high = next(((low, high) for words, low, high in places if words in text.lower()), (2, 2))
        claim(low <= middle <= high, f"its middle is at {middle:.2f}")
        if "foreground" in text or "前景" in text:
            claim(self.t.distance(i) <= self.t.surface_quantile(0.3), "it is not that near")
        if "background" in text or "远景" in text:
            claim(self.t.distance(i) >= self.t.surface_quantile(0.7), "it is not that far")

    def check_distance(self, text, ids, _):
        claim(ids[0] in self.t.count, "it is not in view")
        fits(text, "米" if self.zh else "m", self.t.distance(ids[0]), 0.12, 1.5)

    def check_height(self, text, ids, _):
        fits(text, "米" if self.zh else "m", self.things[ids[0]].height, 0, 0.55)

    def check_tallest(self, text, ids, _):
        heights = {i: self.things[i].height for i, n in self.t.count.items() if n >= 4 and self.things[i].is_a("building")}
        claim(self.things[ids[0]].is_a("building"), "it is no building")
        claim(all(h < self.things[ids[0]].height for i, h in heights.items() if i != ids[0]), "another one is higher")

    def check_relation(self, text, ids, _):
        self.named(text, ids[0])
        a, b = (self.things[i] for i in ids[:2])
        claim(ids[0] in self.t.count and ids[1] in self.t.count, "not both are in view")
        if re.match("Next to it|它旁边", text):
            limit = max(15.0, 0.5 * max(a.breadth(), b.breadth()))
            claim(a.gap(b) <= limit + 0.1, f"{a.gap(b):.1f} m apart")
        elif re.match("Behind it|它后面", text):
            claim(self.t.distance(a.id) > 1.1 * self.t.distance(b.id) and self.overlap(a.id, b.id), "it is not behind it")
        elif re.match("In front of it|它前面", text):
            claim(self.t.distance(b.id) > 1.1 * self.t.distance(a.id) and self.overlap(a.id, b.id), "it is not in front of it")
        elif re.match("To the left of it|它左边", text):
            claim(self.t.mean_column(a.id) < self.t.mean_column(b.id) - 0.03, "it is not to its left")
        elif re.match("To the right of it|它右边", text):
            claim(self.t.mean_column(a.id) > self.t.mean_column(b.id) + 0.03, "it is not to its right")
        elif re.match("Across .* from it|与它隔.*相望的", text):
            water = self.things[ids[2]]
            claim((water.name_zh if self.zh else water.name) in text, "another water")
            claim(water.is_a("water") and any(segments_cross(c, d, a.middle(), b.middle()) for c, d in water.edges), "it is on the same side")
            claim(max(a.gap(water), b.gap(water)) <= 151, "one is far from the water")
        else:
            raise Wrong("unknown relation")

    def overlap(self, a, b):
        (l, r), (m, s) = self.t.columns(a), self.t.columns(b)
        return min(r, s) - max(l, m) > 0.2 * min(r - l, s - m)

    # of one object

    def check_class(self, text, ids, _):
        self.named(text, ids[0])
        singular, _, chinese, measures = NOUNS[self.things[ids[0]].kind]
        article = "an" if singular[0] in "aeiou" else "a"
        claim(re.search(f"是一[{measures}]{chinese}$" if self.zh else rf" is {article} {singular}$", text), "another class or article")

    def buildings(self):
        return [thing for thing in self.things.values() if thing.is_a("building")]

    def check_rank(self, text, ids, _):
        said = 1 if re.search("the tallest|最高", text) else 2 if re.search("second|第二", text) else 3 if re.search("third|第三", text) else 0
        truth = 1 + sum(thing.height > self.things[ids[0]].height for thing in self.buildings())
        claim(said == truth, f"it is number {truth}")
        claim(int(re.search(r"\d+", text).group()) == len(self.buildings()), f"{len(self.buildings())} buildings")

    def check_area(self, text, ids, _):
        fits(text, "平方米" if self.zh else "m²", self.things[ids[0]].area(), 0.055, 1)

    def check_length(self, text, ids, _):
        fits(text, "米" if self.zh else "m", self.things[ids[0]].length(), 0.05, 0.6)

    def check_width(self, text, ids, _):
        fits(text, "米" if self.zh else "m", self.things[ids[0]].width, 0, 0.55)

    def check_colour(self, text, ids, _):
        thing = self.things[ids[0]]
        hexadecimal = thing.roof if re.search("roof|屋顶", text) else thing.wall
        claim(hexadecimal, "the catalogue has no such colour")
        rgb = [int(hexadecimal[i:i + 2], 16) for i in (1, 3, 5)]
        own = lab(rgb)
        nearest = min(PALETTE, key=lambda name: float(numpy.linalg.norm(lab(PALETTE[name]) - own)))
        said = next((PALETTE_ZH[w] for w in PALETTE_ZH if w in text), None) if self.zh else next((w for w in PALETTE if re.search(rf"\b{w}\b", text)), None)
        claim(said == nearest, f"{hexadecimal} is {nearest}")
        if re.search("dark|深", text):
            claim(own[0] < lab(PALETTE[nearest])[0] - 8, "it is not dark")
        if re.search("light|浅", text):
            claim(own[0] > lab(PALETTE[nearest])[0] + 8, "it is not light")

    def check_part(self, text, ids, _):
        middles = numpy.array([thing.middle() for thing in self.buildings()])
        low, high = middles.min(axis=0), middles.max(axis=0)
        x, y = (self.things[ids[0]].middle() - low) / (high - low)
        east = ("east" if x >= 2 / 3 else "") + ("west" if x < 1 / 3 else "")
        north = ("north" if y >= 2 / 3 else "") + ("south" if y < 1 / 3 else "")
        truth = "-".join(word for word in (north, east) if word) or "middle"
        if self.zh:
            truth = "中部" if truth == "middle" else WINDS_ZH[WINDS.index(truth)] + "部"
            claim(text.endswith("城市" + truth), f"it is {truth}")
        else:
            claim(f"in the {truth} of the city" in text, f"it is in the {truth}")

    def check_street(self, text, ids, _):
        self.named(text, ids[0])
        claim(self.things[ids[0]].is_a("road") and self.things[ids[1]].gap(self.things[ids[0]]) <= 40.1, "it is not near that street")

    def check_neighbour(self, text, ids, _):
        self.named(text, ids[0])
        a, b = self.things[ids[0]], self.things[ids[1]]
        claim(a.gap(b) <= max(15.0, 0.5 * max(a.breadth(), b.breadth())) + 0.1, "it is not next to it")

    def check_water(self, text, ids, _):
        self.named(text, ids[0])
        gap = self.things[ids[0]].gap(self.things[ids[1]])
        if re.search("right by|边上", text):
            claim(gap <= 1, f"{gap:.1f} m apart")
        else:
            fits(text, "米" if self.zh else "m", gap, 0.13, 0.6)

    def check_unseen(self, text, ids, _):
        if ids:
            claim(self.t.share(ids[0]) < 1.5 * LEAST_SHARE, "it is in view")
        elif re.search("Only sky|只有天空", text):
            claim((self.t.depth <= 0).mean() > 0.97, "there is more than sky")
        else:
            claim(sum(self.t.count.values()) <= 30, "objects are in view")


# ---- views

def camera_of(position, yaw, pitch, fov=50):
    y, p = math.radians(yaw), math.radians(pitch)
    forward = numpy.array((-math.sin(y) * math.cos(p), math.cos(y) * math.cos(p), math.sin(p)))
    right = numpy.array((math.cos(y), math.sin(y), 0.0))
    up = numpy.cross(right, forward)
    matrix = [[right[i], up[i], -forward[i], position[i]] for i in range(3)] + [[0, 0, 0, 1]]
    focal = HEIGHT / 2 / math.tan(math.radians(fov / 2))
    return {"transform_matrix": matrix, "fl_x": focal, "fl_y": focal, "cx": WIDTH / 2, "cy": HEIGHT / 2, "w": WIDTH, "h": HEIGHT}


def random_view(rng, things):
    """A camera that does not stand in a building."""
    kind = rng.choice(KINDS)
    tall = [thing for thing in things.values() if thing.is_a("building") or thing.kind == "bridge"]
    while True:
        if kind == "street":
            road = rng.choice([thing for thing in things.values() if thing.is_a("road")])
            a, b = rng.choice(road.edges)
            place = a + rng.random() * (b - a)
        else:
            place = numpy.array((rng.uniform(-190, 190), rng.uniform(-190, 190)))
        if max(abs(place)) > 195:
            continue
        base = min(tall, key=lambda thing: float(numpy.hypot(*(thing.middle() - place)))).base
        height, pitch = {"down": (rng.uniform(90, 350), rng.uniform(-90, -82)), "bird": (rng.uniform(60, 300), rng.uniform(-75, -48)),
                         "oblique": (rng.uniform(30, 200), rng.uniform(-43, -14)), "level": (rng.uniform(12, 120), rng.uniform(-11, 8)),
                         "street": (rng.uniform(1.6, 4), rng.uniform(-12, 12))}[kind]
        if all(float(numpy.hypot(*(thing.middle() - place))) > thing.breadth() + 3 or base + height > thing.base + thing.height + 8 for thing in tall):
            return camera_of((*place, base + height), rng.uniform(0, 360), pitch)


def captions_of_objects(skyline, city, folder, cameras, truths, rng, count):
    """(caption, truth) of objects, some of them in view."""
    made = []
    for place in rng.sample(range(len(cameras)), min(count, len(cameras))):
        things = truths[place].things
        seen = [i for i in truths[place].count if not things[i].is_a("vehicle") and things[i].kind != "tree"]
        i = rng.choice(seen) if seen and rng.random() < 0.8 else rng.choice([t.id for t in things.values() if t.is_a("building")])
        view = os.path.join(folder, "object.json")
        json.dump(cameras[place], open(view, "w"))
        report = json.loads(run([skyline, "caption", city, "--camera-json", view, "--object", str(i), "--language", "both", "--json"]))
        made += [(caption, truths[place]) for caption in report["captions"]]
    return made


def measure(skyline, folder, seed, views, objects, keep):
    city, shown = os.path.join(folder, f"city{seed}"), os.path.join(keep or folder, f"views{seed}")
    run([skyline, "city", "generate", "--seed", str(seed), "--size", "400", "--out", city])
    things = {entry["id"]: Thing(entry) for entry in json.load(open(os.path.join(city, "objects.json")))["objects"]}
    rng = random.Random(seed)
    cameras = [random_view(rng, things) for _ in range(views)]
    path = os.path.join(folder, f"path{seed}.json")
    json.dump({"w": WIDTH, "h": HEIGHT, "frames": cameras}, open(path, "w"))
    run([skyline, "city", "render", city, "--path", path, "--size", f"{WIDTH}x{HEIGHT}", "--samples", "4" if keep else "1", "--layers", "all", "-o", shown, "--quiet"])
    report = json.loads(run([skyline, "caption", city, "--path", path, "--language", "both", "--json"]))
    truths = [Truth(camera, things, shown, view["view"]) for camera, view in zip(cameras, report["views"])]
    pairs = [(caption, truth) for view, truth in zip(report["views"], truths) for caption in view["captions"]]
    pairs += captions_of_objects(skyline, city, folder, cameras, truths, rng, objects)
    if keep:
        with open(os.path.join(shown, "captions.txt"), "w") as out:
            for view in report["views"]:
                out.write("\n".join([view["view"]] + [caption["text"] for caption in view["captions"]]) + "\n\n")
    return [(seed, caption, truth) for caption, truth in pairs]


def judge(made, show):
    """Counts by language and fact: [true, all]."""
    result = {language: collections.defaultdict(lambda: [0, 0]) for language in ("en", "zh")}
    for seed, caption, truth in made:
        checker = Checker(truth, truth.things, caption["language"])
        for statement in caption["statements"]:
            row = result[caption["language"]][statement["fact"]]
            row[1] += 1
            try:
                checker.check(statement)
                row[0] += 1
            except Wrong as wrong:
                if show:
                    print(f"seed {seed} {caption['language']} {statement['fact']}: \"{statement['text']}\": {wrong}")
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[3, 7, 21, 42], help="cities (default 3 7 21 42)")
    parser.add_argument("--views", type=int, default=200, help="views over all cities")
    parser.add_argument("--objects", type=int, default=10, help="objects described in each city")
    parser.add_argument("--keep", help="folder for pictures, layers and captions")
    parser.add_argument("--wrong", action="store_true", help="print every statement that is not true")
    options = parser.parse_args()
    skyline = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "build", "skyline")
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(options.seeds):
            views = options.views // len(options.seeds) + (number < options.views % len(options.seeds))
            made += measure(skyline, folder, seed, views, options.objects, options.keep)
    result = judge(made, options.wrong)
    report = {}
    facts = sorted(set(result["en"]) | set(result["zh"]))
    print(f"{'':16}{'English':>16}{'Chinese':>16}")
    for fact in facts:
        print(f"{fact:16}" + "".join(f"{result[lang][fact][0]:>9}/{result[lang][fact][1]:<6}" for lang in ("en", "zh")))
    for language in ("en", "zh"):
        true, count = (sum(row[k] for row in result[language].values()) for k in (0, 1))
        lengths = [len(caption["statements"]) for _, caption, _ in made if caption["language"] == language]
        sentences = [len(re.findall(r"[.。](?:\s|$)|。", caption["text"])) for _, caption, _ in made if caption["language"] == language]
        report[language] = {"captions": len(lengths), "statements": count, "true": true, "share": true / count, "statements_a_caption": sum(lengths) / len(lengths),
                            "sentences_a_caption": sum(sentences) / len(sentences), "distinct": len({c["text"] for _, c, _ in made if c["language"] == language})}
        print(f"{language}: {true} of {count} statements true ({100 * true / count:.2f} %), {sum(lengths) / len(lengths):.1f} statements in {sum(sentences) / len(sentences):.1f} sentences a caption")
    print(json.dumps(report))
    sys.exit(0 if all(row["share"] >= 0.98 for row in report.values()) else 1)


if __name__ == "__main__":
    main()
