"""Changes of the sentence or of the scene whose effect on the plan is known without knowing the plan."""
import copy
import json
import os
import re

import compare
import program as skyline
import scenes
import truth

FAR_ID = 2000000000
SWAPPED = {"left": "right", "right": "left", "east": "west", "west": "east", "左": "右", "右": "左", "东": "西", "西": "东", "clockwise": "anticlockwise",
           "anticlockwise": "clockwise", "顺时针": "逆时针", "逆时针": "顺时针"}
SIDED = ["move the corner shop 8 m to the right", "move the fish market 20 m east", "nudge the monument 5 m to the left", "shift the museum 12 m west",
         "select the building to the left of the church", "select the houses east of Harbour Road", "rotate the church 30 degrees clockwise",
         "rotate the church 30 degrees anticlockwise", "把鱼市往右移20米", "把教堂往西移10米", "街角小店往左挪8米", "把体育场顺时针转30度", "选中海港路以东的民房",
         "put a tree 30 m west of the church", "look at the church from the east", "从西边看教堂", "remove the tallest tower", "把河旁边的塔楼删掉",
         "select the two buildings nearest to the pond", "hide the towers north of the river", "how far is the church from the hospital"]


def same(a, b, scene):
    """Two plans of the program that do the same. Text answers are in two languages and are left out."""
    def plain(plan):
        steps = []
        for step in plan.get("steps", []):
            step = dict(step)
            if isinstance(step.get("answer"), str):
                step["answer"] = "*"
            steps.append(step)
        return {"status": plan.get("status"), "steps": steps}
    a, b = plain(a), plain(b)
    return compare.plan_agrees(a, b, scene) and compare.plan_agrees(b, a, scene)


def paraphrases(program):
    groups, failed = [], []
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "paraphrases.txt"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                scene, *texts = [part.strip() for part in line.split(" | ")]
                groups.append((scene, texts))
    pairs = 0
    for name in sorted({scene for scene, _ in groups}):
        document = scenes.load(name)
        here = [texts for scene, texts in groups if scene == name]
        items = [{"id": "%d.%d" % (i, j), "text": text} for i, texts in enumerate(here) for j, text in enumerate(texts)]
        plans, _ = skyline.plans(program, document, items)
        for i, texts in enumerate(here):
            first = plans.get("%d.0" % i, {})
            for j, text in enumerate(texts[1:], 1):
                pairs += 1
                other = plans.get("%d.%d" % (i, j), {})
                if not same(first, other, truth.Scene(document)):
                    failed.append("%s | %s\n      %s\n      %s" % (texts[0], text, compare.brief(first), compare.brief(other)))
    return pairs, failed


def mirrored(document):
    document = copy.deepcopy(document)
    for o in document["objects"]:
        for key in ("footprint", "path"):
            if key in o:
                o[key] = [[-x, y] for x, y in o[key]]
        if "footprint" in o:
            o["footprint"].reverse()
    return document


def mirrored_plan(plan):
    plan = copy.deepcopy(plan)
    for step in plan.get("steps", []):
        for key in ("offset", "at"):
            if isinstance(step.get(key), list):
                step[key][0] = -step[key][0]
        if isinstance(step.get("angle"), (int, float)):
            step["angle"] = -step["angle"]
        if "direction" in step:
            step["direction"] = swapped(step["direction"])
    return plan


def swapped(text):
    return re.sub("|".join(sorted(SWAPPED, key=len, reverse=True)), lambda m: SWAPPED[m.group()], text)


def mirror(program):
    """East for west and left for right, in scene, camera and sentence: the mirrored plan."""
    document, failed = scenes.load("harbour"), []
    camera = [-40, -300, 120, 15, -20]
    items = [{"id": str(i), "text": text, "camera": camera} for i, text in enumerate(SIDED)]
    others = [{"id": str(i), "text": swapped(text), "camera": [40, -300, 120, -15, -20]} for i, text in enumerate(SIDED)]
    plain, _ = skyline.plans(program, document, items)
    flipped, _ = skyline.plans(program, mirrored(document), others)
    for i, text in enumerate(SIDED):
        a, b = plain.get(str(i), {}), mirrored_plan(flipped.get(str(i), {}))
        if a.get("status") != "ok" or not same(a, b, truth.Scene(document)):
            failed.append("%s | %s\n      %s\n      %s" % (text, swapped(text), compare.brief(a), compare.brief(b)))
    return len(SIDED), failed


def turned_camera(program):
    """A camera that looks the other way swaps left and right; compass words stay."""
    document, failed = scenes.load("harbour"), []
    texts = ["move the corner shop 8 m to the right", "move the fish market 20 m east", "把鱼市往左移20米", "把教堂往北移10米"]
    plans = [skyline.plans(program, document, [{"id": str(i), "text": t, "camera": [0, 0, 100, yaw, -20]} for i, t in enumerate(texts)])[0] for yaw in (0, 180)]
    for i, text in enumerate(texts):
        a, b = plans[0].get(str(i), {}), copy.deepcopy(plans[1].get(str(i), {}))
        if any(word in text for word in ("left", "right", "左", "右")):
            for step in b.get("steps", []):
                step["offset"] = [-v for v in step.get("offset", [])]
        if a.get("status") != "ok" or not same(a, b, truth.Scene(document)):
            failed.append("%s\n      %s\n      %s" % (text, compare.brief(a), compare.brief(b)))
    return len(texts), failed


def far_object(program, items):
    """An object of no class 60 km away changes nothing but "everything"."""
    total, failed = 0, []
    for name in ("harbour", "newcity", "oldtown"):
        document = scenes.load(name)
        here = [item for item in items if item["scene"] == name]
        more = copy.deepcopy(document)
        more["objects"].append({"id": FAR_ID, "class": "other", "footprint": [[60000, 60000], [60001, 60000], [60001, 60001]], "base": 0.0, "height": 0.5})
        before, _ = skyline.plans(program, document, here)
        after, _ = skyline.plans(program, more, here)
        for item in here:
            a, b = before.get(item["id"], {}), copy.deepcopy(after.get(item["id"], {}))
            for step in b.get("steps", []):
                step["targets"] = [t for t in step.get("targets", []) if t != FAR_ID]
            total += 1
            if not same(a, b, truth.Scene(document)):
                failed.append("%s\n      %s\n      %s" % (item["text"], compare.brief(a), compare.brief(b)))
    return total, failed


def run(program, items, as_json, quiet):
    results = {"paraphrases and languages": paraphrases(program), "mirrored scene": mirror(program), "turned camera": turned_camera(program),
               "far object": far_object(program, items)}
    if as_json:
        print(json.dumps({name: {"checked": total, "failed": len(failed)} for name, (total, failed) in results.items()}, indent=1))
    else:
        for name, (total, failed) in results.items():
            print("%-26s %d checked, %d failed" % (name, total, len(failed)))
            if not quiet:
                for text in failed:
                    print("    " + text)
    return 1 if any(failed for _, failed in results.values()) else 0
