"""What the words mean, computed a second time: the geometry, relations and orders of docs/assistant.md in plain loops, with no code of the
program. The development set's gold plans are written in these terms and resolved here.

    truth.py                    writes items.jsonl from sentences/*.txt
    truth.py --show             prints every item with what its targets are, for reading
    truth.py --held-back        the same for held_back.txt

A sentence file holds headers and items:

    @ harbour en human cam=0,-200,60,0,-20      scene, language, split, and optionally cam=, sel=, ptr= for the lines below
    remove the tallest tower => rm(tower.tallest)
    {sel=30} hide it => hide(ids(30))           state of one item
    first sentence >> second one => rm(...)     the sentences before are history

The right side is an expression over the names below; several steps are a list; `OR(a, b)` accepts either, ASK and NO are questions and refusals.
"""
import glob
import json
import math
import os
import re
import sys

import scenes

HERE = os.path.dirname(os.path.abspath(__file__))
PARENT = {}
for parent, children in {"building": "tower house apartment office church school hospital station warehouse factory shop hotel museum stadium skyscraper",
                         "road": "street", "water": "river lake pond canal sea", "green": "park garden field forest", "vehicle": "car bus truck"}.items():
    for child in children.split():
        PARENT[child] = parent
CLASSES = set(PARENT) | set(PARENT.values()) | {"bridge", "railway", "square", "parking", "tree", "crane", "wall", "monument", "other"}


# --- geometry -------------------------------------------------------------------------------------------------------------------------------

def segments(o):
    points = o.get("footprint") or o["path"]
    closed = "footprint" in o
    return [(points[i], points[(i + 1) % len(points)]) for i in range(len(points) if closed else len(points) - 1)]


def contains(polygon, p):
    inside = False
    for i in range(len(polygon)):
        (ax, ay), (bx, by) = polygon[i], polygon[i - 1]
        if (ay > p[1]) != (by > p[1]) and p[0] < ax + (p[1] - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def point_segment(p, s):
    (ax, ay), (bx, by) = s
    dx, dy = bx - ax, by - ay
    length2 = dx * dx + dy * dy
    t = 0 if length2 == 0 else max(0, min(1, ((p[0] - ax) * dx + (p[1] - ay) * dy) / length2))
    return math.hypot(p[0] - ax - t * dx, p[1] - ay - t * dy)


def cross(o, a, b):
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def segment_segment(s, t):
    if cross(*s, t[0]) * cross(*s, t[1]) < 0 and cross(*t, s[0]) * cross(*t, s[1]) < 0:
        return 0.0
    return min(point_segment(s[0], t), point_segment(s[1], t), point_segment(t[0], s), point_segment(t[1], s))


def point_gap(p, o):
    if "footprint" in o and contains(o["footprint"], p):
        return 0.0
    edge = 0 if "footprint" in o else o["width"] / 2
    return max(0.0, min(point_segment(p, s) for s in segments(o)) - edge)


def gap(a, b):
    for x, y in ((a, b), (b, a)):
        if "footprint" in x and contains(x["footprint"], (y.get("footprint") or y["path"])[0]):
            return 0.0
    edges = sum(0 if "footprint" in o else o["width"] / 2 for o in (a, b))
    return max(0.0, min(segment_segment(s, t) for s in segments(a) for t in segments(b)) - edges)


def area(o):
    if "footprint" not in o:
        return o["width"] * sum(math.dist(*s) for s in segments(o))
    f = o["footprint"]
    return abs(sum(f[i - 1][0] * f[i][1] - f[i][0] * f[i - 1][1] for i in range(len(f)))) / 2


def centre(o):
    if "footprint" not in o:
        total = sum(math.dist(*s) for s in segments(o))
        return [sum(math.dist(*s) * (s[0][k] + s[1][k]) / 2 for s in segments(o)) / total for k in (0, 1)]
    f, a2, c = o["footprint"], 0.0, [0.0, 0.0]
    for i in range(len(f)):
        w = f[i - 1][0] * f[i][1] - f[i][0] * f[i - 1][1]
        a2 += w
        for k in (0, 1):
            c[k] += w * (f[i - 1][k] + f[i][k]) / 3
    return [c[0] / a2, c[1] / a2]


def box(o):
    points = o.get("footprint") or o["path"]
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def width(o):
    if "path" in o:
        return o["width"]
    x0, y0, x1, y1 = box(o)
    return max(x1 - x0, y1 - y0)


def hull(points):
    points = sorted(map(tuple, points))
    half = []
    for sequence in (points, points[::-1]):
        chain = []
        for p in sequence:
            while len(chain) > 1 and cross(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        half += chain[:-1]
    return half


def lab(colour):
    linear = []
    for i in (1, 3, 5):
        v = int(colour[i:i + 2], 16) / 255
        linear.append(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4)
    r, g, b = linear
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    f = [v ** (1 / 3) if v > 216 / 24389 else (841 / 108) * v + 4 / 29 for v in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def colour_name(colour):
    return min(scenes.PALETTE, key=lambda name: math.dist(lab(scenes.PALETTE[name]), lab(colour)))


def percentile(values, share):
    values = sorted(values)
    at = share * (len(values) - 1)
    low = int(at)
    return values[low] + (at - low) * (values[min(low + 1, len(values) - 1)] - values[low])


# --- references -----------------------------------------------------------------------------------------------------------------------------

MEASURES = {"height": lambda o: o.get("height", 0.0), "area": area}
HEADINGS = {"north": (0, 1), "east": (1, 0), "south": (0, -1), "west": (-1, 0)}


class Set:
    """Objects of one scene. Every method is one row of the table of references."""

    def __init__(self, scene, members):
        self.scene, self.members = scene, list(members)

    def of(self, test):
        return Set(self.scene, [o for o in self.members if test(o)])

    @property
    def ids(self):
        return [o["id"] for o in self.members]

    @property
    def one(self):
        assert len(self.members) == 1, "one object expected: %s" % self.ids
        return self.members[0]

    def __or__(self, other):
        return Set(self.scene, self.members + [o for o in other.members if o["id"] not in self.ids])

    def __sub__(self, other):
        return self.of(lambda o: o["id"] not in other.ids)

    def __and__(self, other):
        return self.of(lambda o: o["id"] in other.ids)

    def order(self, measure, down, rank=1, count=1):
        ranked = sorted(self.members, key=MEASURES[measure], reverse=down)
        values = [MEASURES[measure](o) for o in ranked]
        first, last = rank - 1, rank - 1 + count
        assert len(values) >= last
        for edge in (first, last):
            assert edge in (0, len(values)) or abs(values[edge - 1] - values[edge]) > 1e-6, "a tie decides"
        return Set(self.scene, ranked[first:last])

    def highest(self, rank=1, count=1):
        return self.order("height", True, rank, count)

    def lowest(self, rank=1, count=1):
        return self.order("height", False, rank, count)

    def largest(self, rank=1, count=1):
        return self.order("area", True, rank, count)

    def smallest(self, rank=1, count=1):
        return self.order("area", False, rank, count)

    tallest = property(lambda self: self.highest())

    def quartile(self, measure, large):
        """Of the class that the word names: call it before other tests."""
        value = MEASURES[measure]
        if len(self.members) < 4:
            return self.order(measure, large)
        limit = percentile([value(o) for o in self.members], 0.75 if large else 0.25)
        return self.of(lambda o: value(o) > limit if large else value(o) < limit)

    tall = property(lambda self: self.quartile("height", True))
    short = property(lambda self: self.quartile("height", False))
    big = property(lambda self: self.quartile("area", True))
    small = property(lambda self: self.quartile("area", False))

    def higher(self, metres):
        return self.of(lambda o: o.get("height", 0) > metres)

    def lower(self, metres):
        return self.of(lambda o: o.get("height", 0) < metres)

    def wider_area(self, square_metres):
        return self.of(lambda o: area(o) > square_metres)

    def anchored(self, anchor, test):
        return self.of(lambda o: any(o["id"] != a["id"] and test(o, a) for a in anchor.members))

    def by(self, anchor):
        return self.anchored(anchor, lambda o, a: gap(o, a) <= max(15.0, max(width(o), width(a)) / 2))

    def near(self, anchor):
        return self.anchored(anchor, lambda o, a: gap(o, a) <= 150)

    def within(self, metres, anchor):
        return self.anchored(anchor, lambda o, a: gap(o, a) <= metres)

    def along(self, anchor):
        return self.anchored(anchor, lambda o, a: gap(o, a) <= 40)

    def inside(self, anchor):
        return self.anchored(anchor, lambda o, a: contains(a["footprint"], centre(o)))

    def between(self, a, b):
        corners = [p for s in (a, b) for o in s.members for p in (o.get("footprint") or o["path"])]
        return (self - (a | b)).of(lambda o: contains(hull(corners), centre(o)))

    def beyond(self, heading, anchor):
        """In a compass direction of an object, within 45 degrees."""
        hx, hy = HEADINGS[heading]

        def test(o, a):
            if "path" in a:  # which side of the line, at the nearest piece
                c = centre(o)
                piece = min(segments(a), key=lambda s: point_segment(c, s))
                t = ((c[0] - piece[0][0]) * (piece[1][0] - piece[0][0]) + (c[1] - piece[0][1]) * (piece[1][1] - piece[0][1])) / math.dist(*piece) ** 2
                t = max(0, min(1, t))
                foot = [piece[0][k] + t * (piece[1][k] - piece[0][k]) for k in (0, 1)]
                return (c[0] - foot[0]) * hx + (c[1] - foot[1]) * hy > 0
            (ox, oy), (ax, ay) = centre(o), centre(a)
            dx, dy = ox - ax, oy - ay
            forward, side = dx * hx + dy * hy, abs(dx * hy - dy * hx)
            return forward > 0 and side <= forward + 1e-9

        return self.anchored(anchor, test)

    def ranked_gap(self, anchor, rank=1):
        ranked = sorted((o for o in self.members if o["id"] not in anchor.ids), key=lambda o: min(gap(o, a) for a in anchor.members))
        return ranked

    def nearest(self, anchor, rank=1, count=1):
        return Set(self.scene, self.ranked_gap(anchor)[rank - 1:rank - 1 + count])

    def farthest(self, anchor):
        return Set(self.scene, self.ranked_gap(anchor)[-1:])

    def view(self, side, anchor):
        """Left, right, front or behind of the anchor as the item's camera sees it, nearest first."""
        x, y, _, yaw, _ = self.scene.camera or (0, 0, 0, 0, 0)
        c, s = math.cos(math.radians(yaw)), math.sin(math.radians(yaw))
        ax, ay = centre(anchor.one)
        sign = {"right": (c, s), "left": (-c, -s), "behind": (-s, c), "front": (s, -c)}[side]
        return Set(self.scene, [o for o in self.ranked_gap(anchor) if (centre(o)[0] - ax) * sign[0] + (centre(o)[1] - ay) * sign[1] > 0])

    def coloured(self, colour, part="any"):
        parts = {"any": ("wall", "roof"), "wall": ("wall",), "roof": ("roof",)}[part]
        return self.of(lambda o: any(o.get(p) and colour_name(o[p]) == colour for p in parts))

    def tagged(self, tag):
        return self.of(lambda o: tag in o.get("tags", []))


class Scene:
    def __init__(self, document):
        self.objects = document["objects"]
        self.camera = None

    def kind(self, name):
        return Set(self, [o for o in self.objects if o["class"] == name or PARENT.get(o["class"]) == name])

    def named(self, *names):
        found = [o for o in self.objects if o.get("name") in names or o.get("name_zh") in names]
        assert len(found) == len(names), names
        return Set(self, found)

    def numbered(self, *ids):
        return Set(self, [o for o in self.objects if o["id"] in ids])

    def everything(self):
        return Set(self, self.objects)


# --- plans ----------------------------------------------------------------------------------------------------------------------------------

ASK, NO = {"status": "ask"}, {"status": "refuse"}


class Or(list):
    pass


def OR(*plans):
    return Or(plans)


def step(op, targets=None, **arguments):
    assert targets is None or targets.members, "no targets of " + op
    return {"op": op, "targets": targets.ids if targets is not None else [], **{k: v for k, v in arguments.items() if v is not None}}


def hexed(colour):
    return scenes.PALETTE.get(colour, colour) if isinstance(colour, str) else colour


def vocabulary(scene):
    """The names that the right side of a sentence may use."""
    n = scene.named

    def duplicate(s, count=1, offset=None):
        if offset:
            return step("duplicate", s, count=count, offset=list(offset))
        x0, y0, x1, y1 = box(s.one)
        plain = step("duplicate", s, count=count, offset=[x1 - x0 + 2, 0, 0])
        longer = step("duplicate", s, count=count, offset=[width(s.one) + 2, 0, 0])
        return plain if plain == longer else {"either": [plain, longer]}

    def to(s, place):
        a, b = centre(s.one), centre(place.one)
        return step("move", s, offset=[b[0] - a[0], b[1] - a[1], 0])

    def seen(s, right=0.0, forward=0.0):
        yaw = math.radians((scene.camera or (0, 0, 0, 0, 0))[3])
        c, w = math.cos(yaw), math.sin(yaw)
        return step("move", s, offset=[right * c - forward * w, right * w + forward * c, 0])

    def offset_of(s, metres, heading):
        x0, y0, x1, y1 = box(s.one)
        cx, cy = centre(s.one)
        return {"north": [cx, y1 + metres], "south": [cx, y0 - metres], "east": [x1 + metres, cy], "west": [x0 - metres, cy]}[heading]

    names = {name: scene.kind(name) for name in CLASSES}
    names.update(
        N=n, ids=scene.numbered, everything=scene.everything(), ASK=ASK, NO=NO, OR=OR, centre=lambda s: centre(s.one), edge=offset_of,
        rm=lambda s: step("remove", s), sel=lambda s, mode="set": step("select", s, mode=mode),
        mv=lambda s, x, y, z=0: step("move", s, offset=[x, y, z]), to=to, seen=seen,
        rot=lambda s, angle: step("rotate", s, angle=angle), scale=lambda s, x, y, z: step("scale", s, factor=[x, y, z]),
        tall=lambda s, f: step("scale", s, factor=[1, 1, f]), size=lambda s, f: step("scale", s, factor=[f, f, f]),
        grow=lambda s, metres: step("scale", s, factor=[1, 1, (s.one["height"] + metres) / s.one["height"]]),
        high=lambda s, metres: step("scale", s, factor=[1, 1, metres / s.one["height"]]),
        dup=duplicate, ins=lambda asset, at, count=1, **more: step("insert", None, asset=asset, at=at, count=count, **more),
        rep=lambda s, asset: step("replace", s, asset=asset),
        paint=lambda s, colour, part="all": step("recolor", s, part=part, color=hexed(colour)),
        style=lambda style, strength=0.6, s=None: step("style", s, style=style, strength=strength),
        time=lambda t: step("light", time=t), sun=lambda azimuth=None, elevation=None: step("light", azimuth=azimuth, elevation=elevation),
        season=lambda season, strength=0.6: step("season", season=season, strength=strength),
        weather=lambda weather, strength=0.6: step("weather", weather=weather, strength=strength),
        hide=lambda s: step("hide", s), show=lambda s: step("show", s), only=lambda s: step("isolate", s),
        cam=lambda action, s=None, **more: step("camera", s, action=action, **more), call=lambda s, name: step("rename", s, name=name),
        count=lambda s: step("query", s, what="count", answer=len(s.members)), which=lambda s: step("query", s, what="list", answer=s.ids),
        howtall=lambda s: step("query", s, what="height", answer=s.one["height"]), howbig=lambda s: step("query", s, what="area", answer=area(s.one)),
        howfar=lambda a, b: step("query", a | b, what="distance", answer=gap(a.one, b.one)),
        about=lambda s: step("query", s, what="describe", answer="*"), where=lambda s: step("query", s, what="where", answer="*"),
        none=lambda what="count", answer=0: {"op": "query", "targets": [], "what": what, "answer": answer},
        undo=lambda steps=1: step("undo", steps=steps), redo=lambda steps=1: step("redo", steps=steps),
        beside=lambda s: {"beside": s.one["id"]}, within=lambda s: {"inside": s.one["id"]}, amid=lambda a, b: {"between": [a.one["id"], b.one["id"]]},
        along=lambda s: {"along": s.one["id"]}, dark=lambda colour: {"darker": scenes.PALETTE[colour]}, light=lambda colour: {"lighter": scenes.PALETTE[colour]},
        material=lambda name: {"material": name}, park_by=lambda s, place: step("move", s, offset={"leaves_gap": [place.one["id"], 2.0]}),
        save=lambda kind, size="*": step("export", kind=kind, size=size))
    return names


def plans(value):
    """The plans that an expression accepts, the first one the best."""
    if isinstance(value, Or):
        accepted = []
        for plan in (plan for one in value for plan in plans(one)):
            if plan not in accepted:
                accepted.append(plan)
        return accepted
    if isinstance(value, dict) and value.get("status"):
        return [value]
    steps = value if isinstance(value, (list, tuple)) else [value]
    variants = [[]]
    for one in steps:
        choices = one["either"] if "either" in one else [one]
        variants = [v + [c] for v in variants for c in choices]
    return [{"status": "ok", "steps": v} for v in variants]


def state_of(words):
    state = {}
    for word in words:
        key, value = word.split("=", 1)
        if key == "cam":
            state["camera"] = [float(v) for v in value.split(",")]
        elif key == "sel":
            state["selection"] = [int(v) for v in value.split(",")]
        elif key == "ptr":
            state["pointer"] = [float(v) for v in value.split(",")]
        else:
            raise ValueError("unknown state " + key)
    return state


def read_items(path, numbers):
    loaded, items, scene_name, language, split, header = {}, [], None, None, None, {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            try:
                if line.startswith("@ "):
                    scene_name, language, split, *words = line[2:].split()
                    header = state_of(words)
                    continue
                left, right = line.rsplit(" => ", 1)
                state = dict(header)
                match = re.match(r"\{([^}]*)\} ", left)
                if match and "=" in match.group(1):
                    state.update(state_of(match.group(1).split()))
                    left = left[match.end():]
                *history, text = left.split(" >> ")
                if scene_name not in loaded:
                    loaded[scene_name] = Scene(scenes.load(scene_name))
                scene = loaded[scene_name]
                scene.camera = state.get("camera")
                accepted = plans(eval(right, {"__builtins__": {}}, vocabulary(scene)))
            except Exception as error:
                print("%s:%d: %s: %s" % (path, number, error, line), file=sys.stderr)
                read_items.failed = True
                continue
            key = "%s-%s-%s" % (scene_name, language, split)
            numbers[key] = numbers.get(key, 0) + 1
            item = {"id": "%s-%03d" % (key, numbers[key]), "scene": scene_name, "text": text, "language": language}
            item.update(state)
            if history:
                item["history"] = history
            item["split"] = split
            item["expect"] = accepted[0]
            if len(accepted) > 1:
                item["accept"] = accepted[1:]
            items.append(item)
    return items


def shown(item, scene):
    def label(o):
        return "%d %s%s" % (o["id"], o["class"], " " + o["name"] if "name" in o else "")

    lines = ["%s  %s%s" % (item["id"], "".join(h + " >> " for h in item.get("history", [])), item["text"])]
    for plan in [item["expect"]] + item.get("accept", []):
        if plan["status"] != "ok":
            lines.append("    " + plan["status"])
        for s in plan.get("steps", []):
            names = [label(o) for o in scene.objects if o["id"] in s["targets"]]
            rest = {k: v for k, v in s.items() if k not in ("op", "targets")}
            lines.append("    %s [%d] %s%s %s" % (s["op"], len(names), "; ".join(names[:6]), " ..." if len(names) > 6 else "", json.dumps(rest, ensure_ascii=False)))
    return "\n".join(lines)


def main():
    held_back = "--held-back" in sys.argv
    sources = [os.path.join(HERE, "held_back.txt")] if held_back else sorted(glob.glob(os.path.join(HERE, "sentences", "*.txt")))
    numbers, items = {}, []
    for path in sources:
        items += read_items(path, numbers)
    if getattr(read_items, "failed", False):
        sys.exit(1)
    seen = {}
    for item in items:
        key = json.dumps([item.get(k) for k in ("scene", "text", "history", "camera", "selection", "pointer")])
        if key in seen:
            sys.exit("twice: " + item["text"])
        seen[key] = item
    if "--show" in sys.argv:
        loaded = {name: Scene(scenes.load(name)) for name in {item["scene"] for item in items}}
        for item in items:
            print(shown(item, loaded[item["scene"]]))
        return
    target = os.path.join(HERE, "held_back.jsonl" if held_back else "items.jsonl")
    with open(target, "w", encoding="utf-8") as out:
        for item in items:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    by = {}
    for item in items:
        by[item["language"], item["split"]] = by.get((item["language"], item["split"]), 0) + 1
    print("%d items" % len(items), {"%s %s" % k: v for k, v in sorted(by.items())})


if __name__ == "__main__":
    main()
