"""The scorer must be able to fail: gold plans count as exact, each with one thing changed does not; the schema checker finds planted errors."""
import copy
import random

import compare
import schema
import truth
import scenes

RULES = {"type": "object", "required": ["op"], "additionalProperties": False, "properties": {
    "op": {"enum": ["move", "hide"]}, "offset": {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3}, "color": {"pattern": "^#[0-9a-f]{6}$"},
    "strength": {"minimum": 0, "maximum": 1}}}
VALID = [{"op": "hide"}, {"op": "move", "offset": [0, 1.5, -2]}, {"op": "hide", "color": "#00ff00", "strength": 0.5}]
INVALID = [{}, {"op": "jump"}, {"op": "hide", "more": 1}, {"op": "move", "offset": [0, 1]}, {"op": "move", "offset": [0, 1, float("nan")]}, {"op": "hide", "color": "red"},
           {"op": "hide", "strength": 1.1}, {"op": "move", "offset": [0, True, 0]}, []]


def answered(plan, scene):
    """A plan that a program could have printed: places and colours that are open in the gold become concrete; None where that takes work."""
    plan = copy.deepcopy(plan)
    for step in plan.get("steps", []):
        for key, value in list(step.items()):
            if isinstance(value, dict):
                return None
            if value == "*":
                step[key] = {"answer": "text", "strength": 0.6, "size": [640, 480]}[key]
    return plan


def changed(plan, gold, rng):
    """The same plan with one thing that matters changed."""
    plan = copy.deepcopy(plan)
    at = rng.randrange(len(plan["steps"]))
    step = plan["steps"][at]
    numbers = [k for k, v in step.items() if compare.number(v) and k != "answer" and gold["steps"][at][k] != "*"]
    lists = [k for k in ("offset", "factor", "at") if k in step]
    choice = rng.randrange(4)
    if choice == 0 and step["targets"]:
        step["targets"] = step["targets"][1:]
    elif choice == 1 and lists:
        step[lists[0]][0] += 0.02
    elif choice == 2 and numbers:
        step[numbers[0]] += 1
    elif choice == 3 and "color" in step:
        step["color"] = "#010203"
    else:
        step["op"] = "hide" if step["op"] != "hide" else "show"
    return plan


def run(items):
    rng, failures, loaded, checked = random.Random(1), [], {}, 0
    for item in items:
        if item["scene"] not in loaded:
            loaded[item["scene"]] = truth.Scene(scenes.load(item["scene"]))
        scene, accepted = loaded[item["scene"]], [item["expect"]] + item.get("accept", [])
        plan = answered(item["expect"], scene)
        if plan is None:
            continue
        checked += 1
        if not compare.plan_agrees(plan, item["expect"], scene):
            failures.append(item["id"] + ": its own gold is not exact")
        other = {"status": "refuse" if plan["status"] == "ask" else "ask"} if plan["status"] != "ok" else changed(plan, item["expect"], rng)
        if any(compare.plan_agrees(other, wanted, scene) for wanted in accepted[:1]):
            failures.append(item["id"] + ": a changed plan counts as exact: " + compare.brief(other))
    rules = schema.Schema(RULES)
    failures += ["valid, but refused: %r" % value for value in VALID if rules.errors(value)]
    failures += ["invalid, but taken: %r" % value for value in INVALID if not rules.errors(value)]
    print("%d gold plans, %d failures" % (checked, len(failures)))
    for text in failures[:20]:
        print("  " + text)
    return 1 if failures or not checked else 0
