"""Runs `skyline plan --batch` and reports what it answered and what it cost."""
import json
import os
import subprocess
import tempfile

import scenes


class Answers:
    def __init__(self, lines, returncode, errors, peak_bytes, cpu_seconds):
        self.lines, self.returncode, self.errors = lines, returncode, errors
        self.peak_bytes, self.cpu_seconds = peak_bytes, cpu_seconds


def batch(program, document, lines):
    """`lines` are bytes, one request each; `document` is an objects.json as a value. The answers are bytes, as they came."""
    with tempfile.TemporaryDirectory() as folder:
        objects, requests = os.path.join(folder, "objects.json"), os.path.join(folder, "in.jsonl")
        with open(objects, "w", encoding="utf-8") as out:
            json.dump(document, out, ensure_ascii=False)
        with open(requests, "wb") as out:
            out.write(b"".join(line + b"\n" for line in lines))
        with open(os.path.join(folder, "out"), "w+b") as out, open(os.path.join(folder, "err"), "w+b") as err:
            process = subprocess.Popen([program, "plan", "--objects", objects, "--batch", requests], stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            return Answers(out.read().split(b"\n")[:-1], process.returncode, err.read().decode("utf-8", "replace").strip(), usage.ru_maxrss * 1024,
                           usage.ru_utime + usage.ru_stime)


def request(item):
    return json.dumps({k: item[k] for k in ("id", "text", "camera", "selection", "pointer", "history") if k in item}, ensure_ascii=False).encode("utf-8")


def plans(program, document, items):
    """The plans by id, and the answers they came in."""
    answers = batch(program, document, [request(item) for item in items])
    found = {}
    for line in answers.lines:
        try:
            plan = json.loads(line)
            found[plan.get("id")] = plan
        except ValueError:
            pass
    return found, answers


def scene_documents(names):
    return {name: scenes.load(name) for name in sorted(names)}
