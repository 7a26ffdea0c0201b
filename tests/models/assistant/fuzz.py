"""Random and mutated sentences: each must give a plan, a question or a refusal, valid and in time."""
import json
import random
import sys
import time

import program as skyline
import scenes

BATCH = 2000
AGAIN = 4  # how often a slow answer is asked for again to measure its processor time
ODD = ["\u0000", "\u0007", "\t", "\n", "\r", "\u001b[31m", "\u200b", "\u202e", "\ufeff", "\u0301" * 20, "\ud83d\ude00", "\U0001f3d9\ufe0f", "\U0001f1e8\U0001f1f3", "\u05e2\u05d1", "\u0645\u062f",
       "\u0e01\u0e33", "\ufffd", "\\", "\"", "{}", "%s%n", "</s>", "<|im_end|>", "'; DROP TABLE", "../../", "NaN", "1e999", "-0", "99999999999999999999", "零点零一", "负三十", "一百二", "½", "°", "㎡", "Ⅷ"]


class Inputs:
    def __init__(self, items, seed):
        self.random = random.Random(seed)
        self.texts = [text for item in items for text in [item["text"]] + item.get("history", [])]
        self.words = sorted({word for text in self.texts for word in text.split()}) + [c for text in self.texts for c in text if c > "\u2e80"]

    def odd(self):
        if self.random.random() < 0.5:
            return self.random.choice(ODD)
        low, high = self.random.choice(((0x20, 0x7e), (0xa0, 0x24f), (0x370, 0x5ff), (0x2000, 0x2bff), (0x3040, 0x30ff), (0x4e00, 0x9fff), (0x1f300, 0x1faff)))
        return chr(self.random.randint(low, high))

    def mutate(self, text):
        characters = list(text)
        for _ in range(self.random.randint(1, 6)):
            at = self.random.randrange(len(characters) + 1)
            action = self.random.randrange(6)
            if action == 0:
                characters[at:at + 1] = []
            elif action == 1:
                characters[at:at] = [self.odd()]
            elif action == 2:
                characters[at:at + 1] = [self.odd()]
            elif action == 3:
                characters[at:at] = list(self.random.choice(self.texts))
            elif action == 4:
                end = self.random.randrange(len(characters) + 1)
                low, high = min(at, end), max(at, end)
                characters[low:low] = characters[low:high]
            elif len(characters) > 1:
                other = self.random.randrange(len(characters))
                at = min(at, len(characters) - 1)
                characters[at], characters[other] = characters[other], characters[at]
        return "".join(characters)

    def salad(self, longest):
        parts, length = [], 0
        wanted = self.random.randint(1, longest)
        while length < wanted:
            part = self.odd() if self.random.random() < 0.1 else self.random.choice(self.words)
            parts.append(part)
            length += len(part) + 1
        return self.random.choice(("", " ")).join(parts)

    def text(self):
        kind = self.random.random()
        if kind < 0.70:
            return self.mutate(self.random.choice(self.texts))
        if kind < 0.90:
            return self.salad(120)
        if kind < 0.93:
            return self.salad(10240)
        if kind < 0.94:
            return (self.random.choice(self.words) + self.random.choice(("", " ", ", then "))) * (10240 // 12)
        return "".join(self.odd() for _ in range(self.random.randint(0, 60)))

    def line(self, identifier):
        """A request as bytes, and whether it is JSON that can be read."""
        request = {"id": identifier, "text": self.text()}
        if self.random.random() < 0.2:
            request["camera"] = [self.random.uniform(-1e3, 1e3) for _ in range(3)] + [self.random.uniform(-720, 720), self.random.uniform(-90, 90)]
        if self.random.random() < 0.2:
            request["selection"] = [self.random.randint(1, 60) for _ in range(self.random.randint(0, 5))]
        if self.random.random() < 0.2:
            request["pointer"] = [self.random.uniform(-400, 400), self.random.uniform(-400, 400)]
        if self.random.random() < 0.15:
            request["history"] = [self.text()[:300] if self.random.random() < 0.3 else self.random.choice(self.texts) for _ in range(self.random.randint(1, 3))]
        escaped = self.random.random() < 0.5
        data = json.dumps(request, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
        readable = escaped or not any("\ud800" <= c <= "\udfff" for c in request["text"] + "".join(request.get("history", [])))
        if self.random.random() < 0.08:  # bytes that are no UTF-8, or no JSON any more
            broken = bytearray(data)
            for _ in range(self.random.randint(1, 4)):
                broken[self.random.randrange(len(broken))] = self.random.choice((0x80, 0xc0, 0xff, 0xed, 0x22, 0x5c, 0x00, self.random.randrange(256)))
            data, readable = bytes(broken).replace(b"\n", b"\xfe"), False
        return data, readable


def check(line, identifier, readable, checker, findings):
    try:
        plan = json.loads(line.decode("utf-8"))
    except ValueError as error:
        findings["unreadable"].append("%s: %s" % (identifier, error))
        return 0.0
    if readable and plan.get("id") != identifier:
        findings["misplaced"].append("%s: answered as %r" % (identifier, plan.get("id")))
    if checker:
        plan.pop("id", None)
        errors = checker.errors(plan)
        if errors:
            findings["invalid"].append("%s: %s" % (identifier, errors[0]))
    return plan["ms"] if isinstance(plan.get("ms"), (int, float)) else 0.0


def processor_ms(program, document, line):
    """What one line costs of the processor: a wait for a busy machine is no fault of the program."""
    few, many = (skyline.batch(program, document, [line] * times).cpu_seconds for times in (1, 1 + AGAIN))
    return 1000 * (many - few) / AGAIN


def run(program, items, count, seed, slowest_allowed, checker, as_json):
    inputs = Inputs(items, seed)
    findings = {"crashed": [], "unreadable": [], "misplaced": [], "invalid": [], "slow": []}
    documents = [scenes.load(name) for name in ("harbour", "newcity", "signs", "metropolis")]
    slowest, began, done, cpu_seconds = (0.0, ""), time.monotonic(), 0, 0.0
    while done < count:
        lines = [inputs.line("f%d" % (done + i)) for i in range(min(BATCH, count - done))]
        document = documents[(done // BATCH) % len(documents)]
        answers = skyline.batch(program, document, [data for data, _ in lines])
        cpu_seconds += answers.cpu_seconds
        if answers.returncode < 0 or len(answers.lines) != len(lines):
            at = min(len(answers.lines), len(lines) - 1)
            findings["crashed"].append("exit status %d after %d of %d lines of the batch at %d: %s; then %r" % (
                answers.returncode, len(answers.lines), len(lines), done, answers.errors[-300:], lines[at][0][:400]))
        for i, line in enumerate(answers.lines[:len(lines)]):
            identifier = "f%d" % (done + i)
            ms = check(line, identifier, lines[i][1], checker, findings)
            if ms > slowest_allowed:
                ms = min(ms, processor_ms(program, document, lines[i][0]))
            if ms > slowest[0]:
                slowest = (ms, repr(lines[i][0][:200]))
            if ms > slowest_allowed:
                findings["slow"].append("%s: %.0f ms, %d bytes: %r" % (identifier, ms, len(lines[i][0]), lines[i][0][:200]))
        done += len(lines)
        seconds = time.monotonic() - began
        print("\r%d of %d inputs, %d findings, %.0f s, about %.0f s to go   " % (
            done, count, sum(len(found) for found in findings.values()), seconds, seconds * (count - done) / done), end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report = {"inputs": count, "seed": seed, "slowest_ms": round(slowest[0], 1), "slowest": slowest[1], "seconds": round(time.monotonic() - began, 1),
              "cpu_seconds": round(cpu_seconds, 1),
              **{name: len(found) for name, found in findings.items()}, "examples": {name: found[:5] for name, found in findings.items() if found}}
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        print("%d inputs (seed %d) in %.0f s, %.0f s of them the program's processor time, slowest %.1f ms" % (
            count, seed, report["seconds"], cpu_seconds, slowest[0]))
        for name, found in findings.items():
            print("%-10s %d%s" % (name, len(found), "".join("\n    " + text for text in found[:5])))
    return 1 if any(findings.values()) else 0
