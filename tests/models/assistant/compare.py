"""When two plans do the same thing: targets as sets, numbers within 1 cm or 0.1 degrees, angles modulo 360, strengths within 0.01, steps in order."""
import json
import math
import re

import truth

DEFAULTS = {"select": {"mode": "set"}, "duplicate": {"count": 1}, "insert": {"count": 1}, "recolor": {"part": "all"}, "style": {"strength": 0.6},
            "season": {"strength": 0.6}, "weather": {"strength": 0.6}, "undo": {"steps": 1}, "redo": {"steps": 1}, "move": {}, "rotate": {}}
TOLERANCE = {"strength": 0.01, "angle": 0.1, "azimuth": 0.1, "elevation": 0.1, "factor": 0.001}


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def near(a, b, tolerance=0.01):
    return number(a) and number(b) and abs(a - b) <= tolerance + 1e-6


def turned(a, b):
    return number(a) and number(b) and abs((a - b + 180) % 360 - 180) <= 0.1 + 1e-6


def colour_agrees(given, wanted):
    if not (isinstance(given, str) and re.fullmatch(r"#[0-9a-f]{6}", given)):
        return False
    if isinstance(wanted, str):
        return given == wanted.lower()
    if "material" in wanted:
        return True  # which colour a material has is the program's choice
    (key, base), = wanted.items()
    was, now = truth.lab(base), truth.lab(given)
    hue = abs(math.degrees(math.atan2(was[2], was[1]) - math.atan2(now[2], now[1]))) % 360
    return (now[0] < was[0] - 3 if key == "darker" else now[0] > was[0] + 3) and min(hue, 360 - hue) < 30


def place_agrees(given, wanted, scene):
    if not (isinstance(given, list) and len(given) >= 2 and all(map(number, given))):
        return False
    if isinstance(wanted, list):
        return all(near(g, w) for g, w in zip(given, wanted))
    objects = {o["id"]: o for o in scene.objects}
    (key, value), = wanted.items()
    if key == "between":
        a, b = objects[value[0]], objects[value[1]]
        return truth.contains(truth.hull(a["footprint"] + b["footprint"]), given) and truth.point_gap(given, a) > 0 and truth.point_gap(given, b) > 0
    gap = truth.point_gap(given, objects[value])
    return {"beside": 0 < gap <= max(15, truth.width(objects[value]) / 2), "inside": gap == 0, "along": gap <= 40}[key]


def offset_agrees(given, wanted, step, scene):
    if not (isinstance(given, list) and len(given) == 3 and all(map(number, given))):
        return False
    if isinstance(wanted, list):
        return all(near(g, w) for g, w in zip(given, wanted))
    other, gap = wanted["leaves_gap"]
    objects = {o["id"]: o for o in scene.objects}
    moved = [dict(objects[t], footprint=[[p[0] + given[0], p[1] + given[1]] for p in objects[t]["footprint"]]) for t in step["targets"]]
    return all(near(truth.gap(m, objects[other]), gap, 0.05) for m in moved)


def answer_agrees(given, wanted):
    if wanted == "*":
        return given not in (None, "", [])
    if isinstance(wanted, list):
        return isinstance(given, list) and sorted(map(str, given)) == sorted(map(str, wanted))
    return near(given, wanted, max(0.01, 1e-6 * abs(wanted)))


def argument_agrees(key, given, wanted, step, scene):
    if key == "color":
        return colour_agrees(given, wanted)
    if key == "answer":
        return answer_agrees(given, wanted)
    if wanted == "*":
        return True
    if key in ("angle", "azimuth") and wanted is not None:
        return turned(given, wanted)
    if key == "at":
        return place_agrees(given, wanted, scene)
    if key == "offset":
        return offset_agrees(given, wanted, step, scene)
    if isinstance(wanted, list):
        return isinstance(given, list) and len(given) == len(wanted) and all(near(g, w, TOLERANCE.get(key, 0.01)) for g, w in zip(given, wanted))
    if number(wanted):
        return near(given, wanted, TOLERANCE.get(key, 0.01))
    if isinstance(wanted, str) and isinstance(given, str):
        return given.strip().lower() == wanted.lower() if key == "name" else given == wanted
    return given == wanted


def arguments(step):
    filled = dict(DEFAULTS.get(step["op"], {}))
    filled.update({k: v for k, v in step.items() if k not in ("op", "targets") and v is not None})
    return filled


def step_agrees(given, wanted, scene):
    if given.get("op") != wanted["op"] or set(given.get("targets", [])) != set(wanted["targets"]):
        return False
    g, w = arguments(given), arguments(wanted)
    if any(key not in w for key in g):
        return False
    return all(argument_agrees(key, g.get(key), w[key], given, scene) for key in w)


def plan_agrees(given, wanted, scene):
    if given.get("status") != wanted["status"]:
        return False
    if wanted["status"] != "ok":
        return True
    steps = given.get("steps", [])
    return len(steps) == len(wanted["steps"]) and all(step_agrees(g, w, scene) for g, w in zip(steps, wanted["steps"]))


def targets(plan):
    return [frozenset(s.get("targets", [])) for s in plan.get("steps", []) if s.get("targets")]


def wrong_objects(given, accepted):
    """True when the plan would act, and on other objects than any accepted plan acts on, or where it should have asked or refused."""
    return given.get("status") == "ok" and not any(a["status"] == "ok" and targets(a) == targets(given) for a in accepted)


def brief(plan):
    """One line for people."""
    if plan.get("status") != "ok":
        return "%s: %s" % (plan.get("status"), plan.get("question") or plan.get("reason") or "")
    parts = []
    for s in plan.get("steps", []):
        ids = list(s.get("targets", []))
        rest = {k: v for k, v in s.items() if k not in ("op", "targets")}
        if isinstance(rest.get("answer"), list) and len(rest["answer"]) > 8:
            rest["answer"] = rest["answer"][:8] + ["..."]
        parts.append("%s %s %s" % (s.get("op"), ids if len(ids) <= 8 else "[%d objects]" % len(ids), json.dumps(rest, ensure_ascii=False) if rest else ""))
    return "ok: " + "; ".join(parts)
