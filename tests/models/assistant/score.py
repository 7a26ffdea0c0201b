#!/usr/bin/env -S python3 -B
"""Scores `skyline plan` on the development set.

    score.py [PROGRAM]                       exact plans, wrong objects, questions and refusals by language and split; failures
      --items FILE      another file of items           --quiet        no failures       --json         figures as JSON
      --exact PERCENT   lowest exact share, and         --wrong PERCENT  highest share of wrong objects acted on, in each language;
                        exit status 1 below                             exit status 1 above
      --only TEXT       items whose id contains it      --schema FILE  every plan must be valid
    score.py [PROGRAM] --fuzz N [--seed S]   N random and mutated inputs: answered, valid, none that costs more than --slowest ms of the
                                             processor (200); progress goes to stderr
    score.py [PROGRAM] --metamorphic         paraphrases, both languages, mirrored scenes, a far object
    score.py --self-test                     whether the scorer notices changed plans

PROGRAM is build/skyline if it is not named.
"""
import argparse
import json
import math
import os
import sys

import compare
import fuzz
import metamorphic
import program as skyline
import schema as json_schema
import selftest
import truth

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def wilson(hits, total):
    """Both ends of the 95 % interval of a share, in percent."""
    if total == 0:
        return 0.0, 100.0
    z, p = 1.959964, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))


def percentile(values, share):
    return truth.percentile(values, share) if values else 0.0


def share(hits, total):
    low, high = wilson(hits, total)
    return {"n": total, "hits": hits, "percent": round(100 * hits / total, 2) if total else 0.0, "low": round(low, 2), "high": round(high, 2)}


def load(path, only):
    with open(path, encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines if line.strip()]
    return [item for item in items if only in item["id"]]


def answer_items(binary, items):
    """Every item with what the program made of it, and what that cost."""
    results, costs = [], []
    documents = skyline.scene_documents({item["scene"] for item in items})
    for name, document in documents.items():
        here = [item for item in items if item["scene"] == name]
        plans, answers = skyline.plans(binary, document, here)
        if answers.returncode != 0:
            print("%s: exit status %d %s" % (name, answers.returncode, answers.errors), file=sys.stderr)
        sentences = sum(1 + len(item.get("history", [])) for item in here)
        costs.append({"scene": name, "objects": len(document["objects"]), "sentences": sentences, "peak_rss_bytes": answers.peak_bytes,
                      "cpu_ms_per_sentence": round(1000 * answers.cpu_seconds / sentences, 2)})
        scene = truth.Scene(document)
        for item in here:
            given = plans.get(item["id"], {"status": "missing"})
            accepted = [item["expect"]] + item.get("accept", [])
            exact = any(compare.plan_agrees(given, wanted, scene) for wanted in accepted)
            results.append({"item": item, "given": given, "exact": exact, "wrong": not exact and compare.wrong_objects(given, accepted),
                            "status_right": given.get("status") in [a["status"] for a in accepted]})
    return results, costs


def status_figures(results, status):
    """Precision and recall of asking or refusing. Where several are right, the program's choice counts as the wanted one."""
    wanted = [r["given"].get("status") if r["status_right"] else r["item"]["expect"]["status"] for r in results]
    given = [r["given"].get("status") for r in results]
    both = sum(w == status == g for w, g in zip(wanted, given))
    return {"precision": share(both, given.count(status)), "recall": share(both, wanted.count(status))}


def figures(results, costs, checker):
    def group(rows):
        return {"exact": share(sum(r["exact"] for r in rows), len(rows)), "wrong": share(sum(r["wrong"] for r in rows), len(rows))}

    report = {"items": len(results), "all": group(results), "languages": {}, "splits": {}}
    for language in ("en", "zh"):
        rows = [r for r in results if r["item"]["language"] == language]
        report["languages"][language] = dict(group(rows), ask=status_figures(rows, "ask"), refuse=status_figures(rows, "refuse"))
        for split in ("in-grammar", "human", "robustness", "dialogue", "control"):
            report["splits"]["%s %s" % (language, split)] = group([r for r in rows if r["item"]["split"] == split])
    times = [r["given"]["ms"] for r in results if isinstance(r["given"].get("ms"), (int, float))]
    large = max((c["objects"] for c in costs), default=0)
    report["ms"] = {"p50": round(percentile(times, 0.5), 2), "p95": round(percentile(times, 0.95), 2), "max": round(max(times, default=0), 2)}
    slow = [r["given"]["ms"] for r in results if "ms" in r["given"] and any(c["scene"] == r["item"]["scene"] and c["objects"] == large for c in costs)]
    report["ms_largest_scene"] = {"objects": large, "p50": round(percentile(slow, 0.5), 2), "p95": round(percentile(slow, 0.95), 2)}
    report["peak_rss_bytes"] = max((c["peak_rss_bytes"] for c in costs), default=0)
    report["scenes"] = costs
    if checker:
        plans = [{k: v for k, v in r["given"].items() if k != "id"} for r in results]
        report["invalid"] = [r["item"]["id"] + " " + e for r, p in zip(results, plans) for e in checker.errors(p)[:1]]
    return report


def table(report):
    def line(name, group):
        exact, wrong = group["exact"], group["wrong"]
        return "%-16s %5d %7.1f %% (%5.1f to %5.1f) %8.2f %% (%5.2f to %5.2f)" % (
            name, exact["n"], exact["percent"], exact["low"], exact["high"], wrong["percent"], wrong["low"], wrong["high"])

    print("%-16s %5s %9s %16s %10s" % ("", "items", "exact", "95 %", "wrong"))
    for name, group in [("all", report["all"])] + list(report["languages"].items()) + list(report["splits"].items()):
        if group["exact"]["n"]:
            print(line(name, group))
    for language, group in report["languages"].items():
        for status in ("ask", "refuse"):
            print("%s %-7s precision %5.1f %% of %d, recall %5.1f %% of %d" % (language, status, group[status]["precision"]["percent"], group[status]["precision"]["n"],
                                                                         group[status]["recall"]["percent"], group[status]["recall"]["n"]))
    print("ms p50 %(p50).2f, p95 %(p95).2f, max %(max).2f" % report["ms"])
    print("ms with %(objects)d objects p50 %(p50).2f, p95 %(p95).2f" % report["ms_largest_scene"])
    print("peak memory %.1f MiB" % (report["peak_rss_bytes"] / 2**20))
    if "invalid" in report:
        print("%d plans break the schema" % len(report["invalid"]))
        for text in report["invalid"][:20]:
            print("  " + text)


def print_failures(results):
    for r in results:
        if r["exact"]:
            continue
        item = r["item"]
        state = {k: item[k] for k in ("selection", "pointer") if k in item}
        print("\n%s%s  %s%s%s" % ("WRONG " if r["wrong"] else "", item["id"], "".join(h + " >> " for h in item.get("history", [])), item["text"],
                                "  %s" % state if state else ""))
        for wanted in [item["expect"]] + item.get("accept", []):
            print("  wanted " + compare.brief(wanted))
        print("  given  " + compare.brief(r["given"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", default=os.path.join(ROOT, "build", "skyline"))
    parser.add_argument("--items", default=os.path.join(HERE, "items.jsonl"))
    parser.add_argument("--schema")
    parser.add_argument("--only", default="")
    parser.add_argument("--exact", type=float, default=0.0)
    parser.add_argument("--wrong", type=float, default=100.0)
    parser.add_argument("--fuzz", type=int)
    parser.add_argument("--slowest", type=float, default=200.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--metamorphic", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    checker = None
    if options.schema:
        with open(options.schema, encoding="utf-8") as text:
            checker = json_schema.Schema(json.load(text))
    if options.self_test:
        sys.exit(selftest.run(load(options.items, options.only)))
    if options.fuzz:
        sys.exit(fuzz.run(options.program, load(options.items, options.only), options.fuzz, options.seed, options.slowest, checker, options.json))
    if options.metamorphic:
        sys.exit(metamorphic.run(options.program, load(options.items, options.only), options.json, options.quiet))
    results, costs = answer_items(options.program, load(options.items, options.only))
    report = figures(results, costs, checker)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        if not options.quiet:
            print_failures(results)
            print()
        table(report)
    languages = [g for g in report["languages"].values() if g["exact"]["n"]]
    bad = any(g["exact"]["percent"] < options.exact or g["wrong"]["percent"] > options.wrong for g in languages)
    sys.exit(1 if bad or report.get("invalid") or not results else 0)


if __name__ == "__main__":
    main()
