#!/usr/bin/env python3
"""Compares Lectern's reader of machine-readable zones with others; `mrz` beside it prepares everything.

Draws documents over a grid of damage and pages without a zone, lets every reader read the same pictures
with one thread each, and writes tables and curves. Standard library only.
"""
import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import subprocess
import sys

import curves
import scores

HERE = pathlib.Path(__file__).resolve().parent
PEERS = {"PassportEye": "passporteye", "fastmrz": "fastmrz", "RapidOCR": "rapidocr", "Tesseract": "tesseract"}
AXES = {
    "capital": ("capital height, px", "{:.0f}"), "angle": ("turned, degrees", "{:.0f}"),
    "blur": ("blur, capital heights", "{:.2f}"), "noise": ("noise, of 255", "{:.0f}"),
    "glare": ("glare", "{:.2f}"), "jpeg": ("JPEG quality", "{:.0f}"),
}
DAY = "2026-11-21"


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(command, work):
    """Runs a command; CPU seconds, wall seconds and peak memory of it."""
    out = work / "cost.json"
    subprocess.run([sys.executable, HERE / "measure.py", out, *map(str, command)], check=True)
    return json.loads(out.read_text())


class Bench:
    def __init__(self, arguments):
        self.a = arguments
        self.work = arguments.work
        self.work.mkdir(parents=True, exist_ok=True)
        self.costs = {}
        self.kept = set()

    def draw(self):
        def once(folder, *command):
            if not (folder / "manifest.jsonl").exists():
                say(f"drawing {folder.name}")
                subprocess.run([self.a.specimens_program, *map(str, command), "--out", folder], check=True)
            return folder / "manifest.jsonl"

        kinds = "letter,table_of_digits,code_listing,keyboard_photo,id_card_front"
        self.sets = {
            "grid": once(self.work / f"grid-{self.a.count}", "grid", "--seed", 1, "--count", self.a.count),
            "none": once(self.work / "none", "draw", "--seed", 1, "--count", 100, "--kinds", kinds, "--damage", "light"),
        }
        if self.a.specimens:
            self.sets["specimens"] = self.a.specimens / "manifest.jsonl"
        self.truths = {name: rows(manifest) for name, manifest in self.sets.items()}

    def lectern(self, name, threads=1):
        out = self.work / f"lectern-{name}-{threads}.jsonl"
        say(f"Lectern reads {name}, {threads} at once")
        command = [self.a.lectern, "bench", "--only", "mrz", "--day", DAY, "--threads", threads]
        cost = measured([*command, "--manifest", self.sets[name], "--out", out], self.work)
        self.costs["Lectern", name, threads] = cost
        return {row["id"]: row for row in rows(out)}

    def peer(self, reader, name, limit):
        """The answers of another reader; those of an interrupted run of the same pictures are kept."""
        out = self.work / f"{PEERS[reader]}-{name}-{limit or 'all'}.jsonl"
        if not out.exists() or "peak_mb" not in out.read_text(encoding="utf-8").rsplit("\n", 2)[-2]:
            say(f"{reader} reads {name}")
            command = [self.a.peers_python, HERE / "peers.py", PEERS[reader], self.sets[name], out]
            command += ["--limit", str(limit)] if limit else []
            command += ["--tessdata", self.a.tessdata] if self.a.tessdata and reader == "fastmrz" else []
            environment = os.environ | {"PATH": f"{pathlib.Path(self.a.peers_python).parent}:{os.environ['PATH']}"}
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        else:
            self.kept.add(reader)
        answers = rows(out)
        self.costs[reader, name, 1] = answers.pop()
        return {row["id"]: row for row in answers}

    def run(self):
        self.draw()
        readers = [] if self.a.without_peers else list(PEERS)
        self.answers = {}
        for name in self.sets:
            self.answers[name] = {"Lectern": self.lectern(name)}
            limit = None if name == "specimens" else self.a.peers_on
            for reader in readers if name != "none" else []:
                self.answers[name][reader] = self.peer(reader, name, limit)
        two = self.lectern("grid", 2)
        same = all(two[key]["mrz"] == row["mrz"] for key, row in self.answers["grid"]["Lectern"].items())
        if not same:
            sys.exit("two threads read something else than one")
        self.memory()

    def memory(self):
        """Peak memory of reading single pictures, with and without the decoded picture."""
        name = "specimens" if "specimens" in self.sets else "grid"
        self.above = []
        say("peak memory, picture by picture")
        for truth in self.truths[name][:60]:
            picture = self.sets[name].parent / truth["file"]
            cost = measured([self.a.lectern, "read", "--json", "--only", "mrz", picture], self.work)
            decoded = truth["width"] * truth["height"] * 3 / 2**20
            self.above.append((cost["peak_mb"] - decoded, cost["peak_mb"], truth["width"] * truth["height"]))


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def percent(value, digits=1):
    return "–" if math.isnan(value) else f"{100 * value:.{digits}f} %"


def table(head, body):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in body])


def comparison(bench, name, alone):
    """One row a reader; `alone` gives Lectern's row over all pictures beside that on the peers' share."""
    answers, truths = bench.answers[name], bench.truths[name]
    shared = set.intersection(*(set(one) for one in answers.values()))
    body = []
    base = None
    for reader, given in answers.items():
        figures = scores.score(truths, {key: given[key] for key in given if key in shared})
        base = base or figures
        ratio = lambda key: f"{figures[key] / base[key]:.1f} ×" if base[key] else "–"
        exact = f"{figures['exact'] / base['exact']:.2f} ×" if base["exact"] else "–"
        body.append([
            f"**{reader}**" if reader == "Lectern" else reader, percent(figures["exact"]), percent(figures["regular"]),
            exact, percent(figures["cer"], 2), percent(figures["nothing"]), f"{figures['false']} of {figures['without']}",
            f"{figures['median']:.3f}", f"{figures['p95']:.3f}", ratio("median"),
            f"{bench.costs[reader, name, 1]['peak_mb']:.0f}",
        ])
    if alone and len(shared) < len(truths):
        figures = scores.score(truths, answers["Lectern"])
        body.insert(1, [
            f"Lectern, all {figures['pictures']}", percent(figures["exact"]), percent(figures["regular"]), "",
            percent(figures["cer"], 2), percent(figures["nothing"]), f"{figures['false']} of {figures['without']}",
            f"{figures['median']:.3f}", f"{figures['p95']:.3f}", "", "",
        ])
    head = ["reader", "exact", "exact, of regular prints", "against Lectern", "CER", "nothing found", "false zones",
            "CPU s median", "CPU s p95", "CPU against Lectern", "peak MB"]
    return table(head, body)


def by_level(bench, axis):
    """Per reader the share read exactly at each level of an axis."""
    truths = bench.truths["grid"]
    levels = sorted({truth["cell"][axis] for truth in truths}, reverse=axis in ("capital", "jpeg"))
    result = {}
    for reader, answers in bench.answers["grid"].items():
        shares = []
        for level in levels:
            mine = [truth for truth in truths if truth["cell"][axis] == level and truth["id"] in answers]
            hits = sum(answers[truth["id"]]["mrz"] == truth["mrz"] for truth in mine)
            shares.append(hits / len(mine) if mine else None)
        result[reader] = shares
    return levels, result


def confidence(bench):
    """How often answered values are right, by how sure Lectern says it is; and what nobody would see."""
    names = ["grid"] + (["specimens"] if "specimens" in bench.truths else [])
    bins = [(0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.98), (0.98, 0.99), (0.99, 1.0)]
    values = [one for name in names for one in scores.fields(bench.truths[name], bench.answers[name]["Lectern"])]
    body = []
    for low, high in bins:
        mine = [(right, field) for _, right, field in values if low <= field["confidence"] < high]
        if mine:
            right, said = sum(one for one, _ in mine) / len(mine), sum(field["confidence"] for _, field in mine) / len(mine)
            body.append([f"{low:.2f} to {high:.2f}", str(len(mine)), f"{said:.3f}", f"{right:.3f}"])
    silent = {}
    for name in names:
        mine = list(scores.fields(bench.truths[name], bench.answers[name]["Lectern"]))
        wrong = sum(not right and not field["needs_review"] for _, right, field in mine)
        proven = [right for _, right, field in mine if field["proven"]]
        flagged = sum(field["needs_review"] for _, _, field in mine)
        silent[name] = (len(mine), wrong, flagged, len(proven), len(proven) - sum(proven))
    return table(["said to be right", "values", "mean confidence", "were right"], body), silent


def losses(bench):
    """Figures in which another reader is ahead, and pictures that it read exactly and Lectern did not."""
    lines = []
    for name, answers in bench.answers.items():
        shared = set.intersection(*(set(one) for one in answers.values()))
        figures = {reader: scores.score(bench.truths[name], {key: given[key] for key in shared}) for reader, given in answers.items()}
        for reader, given in figures.items():
            given["peak"] = bench.costs[reader, name, 1]["peak_mb"]
        mine = figures.pop("Lectern")
        for what, key, sign in (("exact", "exact", -1), ("CER", "cer", 1), ("median CPU", "median", 1), ("p95 CPU", "p95", 1), ("peak memory", "peak", 1)):
            better = [reader for reader, given in figures.items() if sign * given[key] < sign * mine[key]]
            if better:
                lines.append(f"- {name}, {what}: {', '.join(better)}.")
        for truth in bench.truths[name]:
            winners = [
                reader for reader, given in answers.items()
                if reader != "Lectern" and truth.get("mrz") and truth["id"] in given
                and given[truth["id"]]["mrz"] == truth["mrz"] and answers["Lectern"][truth["id"]]["mrz"] != truth["mrz"]
            ]
            if winners:
                lines.append(f"- {name}, `{truth['id']}`: read exactly by {', '.join(winners)}, not by Lectern.")
    return lines


def weaknesses(bench):
    """What Lectern got wrong on the grid, by kind of mistake; ids only, the pictures can be drawn again."""
    answers = bench.answers["grid"]["Lectern"]
    lists = {"nothing found": [], "given as a zone of unknown layout": [], "taken for another layout": []}
    for truth in bench.truths["grid"]:
        answer = answers[truth["id"]]
        if not answer["mrz"]:
            lists["nothing found"].append(truth["id"])
        elif answer["mrz_format"] == "nonstandard":
            lists["given as a zone of unknown layout"].append(truth["id"])
        elif answer["mrz_format"] != truth["mrz_format"]:
            lists["taken for another layout"].append(truth["id"])
    lists["a wrong value not marked for review"] = [
        f"{truth['id']} ({name}, {field['confidence']:.2f})"
        for truth in bench.truths["grid"]
        for name, right, field in scores.fields([truth], answers) if not right and not field["needs_review"]
    ]
    return [f"- {what}: {len(ids)}{': ' if ids else ''}{', '.join(ids)}." for what, ids in lists.items()]


def failures(bench):
    """The public specimens that are not read as printed, in figures; in words they are in specimens.md."""
    body = []
    for truth in bench.truths["specimens"]:
        answer = bench.answers["specimens"]["Lectern"][truth["id"]]
        got = answer.get("mrz")
        if got == truth.get("mrz") or not (got or truth.get("mrz")):
            continue
        what = "a zone where there is none" if not truth.get("mrz") else "nothing found"
        if truth.get("mrz") and got:
            what = f"{scores.errors(truth, answer)} of {len(''.join(truth['mrz']))} characters"
        odd = "" if truth.get("mrz_valid_check_digits") and not truth.get("mrz_nonconforming") else "against the standard as printed"
        size = f"{truth['width']} × {truth['height']}"
        body.append([f"`{truth['id']}`", truth.get("mrz_format") or "–", size, ", ".join(truth["conditions"]), odd, what])
    return table(["picture", "format", "pixels", "conditions", "print", "missed"], body) if body else "None."


def cores(one, two):
    """What a second thread brings, as far as the machine lets one see it."""
    spent = f"Two threads give the same answers for {two['cpu'] / one['cpu']:.2f} × the CPU time of one"
    if os.getloadavg()[0] > os.cpu_count() + 1:
        return f"- {spent}. The machine was busy with other work, so wall time says nothing about how much sooner."
    return f"- {spent}, and in {two['wall']:.0f} s instead of {one['wall']:.0f} s: {one['wall'] / two['wall']:.2f} × the speed."


def document(bench, arguments):
    grid = scores.score(bench.truths["grid"], bench.answers["grid"]["Lectern"])
    none = scores.score(bench.truths["none"], bench.answers["none"]["Lectern"])
    one, two = bench.costs["Lectern", "grid", 1], bench.costs["Lectern", "grid", 2]
    engine = next(iter(bench.answers["grid"]["Lectern"].values()))["engine"]
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    parts = ["# Reading machine-readable zones: measured", ""]
    parts.append(
        f"Engine `{engine}`, {datetime.date.today()}, {cpu}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end (above the "
        "number of cores, CPU seconds grow a little for every reader alike). "
        "Everything on this page is written by\n\n```\n" + arguments.command + "\n```\n"
    )
    if pathlib.Path(arguments.lectern).parent.name == "debug":
        parts.append("Lectern was a development build: its reading crates are optimised, with assertions and overflow checks.\n")
    parts.append(
        "One thread each. CPU seconds are a picture's, from opening the file to the answer, child processes included; "
        "peak memory is that of the largest process. *Exact* means every character of every line as printed. *CER* is the "
        "character error rate; a zone that is not found counts as wrong in all characters. *Regular prints* keep the "
        "standard and their own check digits. PassportEye, fastmrz and plain Tesseract (`eng`, `--psm 11`) call Tesseract's "
        "program. RapidOCR and plain Tesseract do not look for a zone, so a picker of lines helps them "
        "([`peers.py`](../../tests/bench/peers.py)); a false zone of theirs is the picker's."
        + (f" The answers of {', '.join(sorted(bench.kept))} are kept from an earlier run on the same pictures." if bench.kept else "")
        + ("" if arguments.tessdata else " fastmrz ran without the model of its own that it recommends (`FASTMRZ_MODEL`).")
    )
    if "specimens" in bench.truths:
        figures = bench.truths["specimens"]
        parts += ["", "## Public specimen pictures", "",
                  f"{len(figures)} pictures of specimen documents from public sources, not part of this repository "
                  "(`SPECIMENS`); pictures of one document share its weight.", "",
                  comparison(bench, "specimens", False), "",
                  "What Lectern did not read as printed; [in words](specimens.md):", "", failures(bench)]
    parts += ["", "## Drawn documents over a grid of damage", "",
              f"{grid['pictures']} documents of seven kinds, invented persons, over capital height × angle × blur × noise × glare × "
              f"JPEG quality, four levels each, heavy ones together: most cells are worse than a person would send in. "
              + (f"The other readers are slow, so they read the first {arguments.peers_on}; the first row is Lectern on the same ones."
                 if not arguments.without_peers else ""), "",
              comparison(bench, "grid", True), "",
              "![Share read exactly, by level of each damage](damage.svg)", ""]
    axes = []
    for axis, (title, form) in AXES.items():
        levels, shares = by_level(bench, axis)
        labels = [form.format(level) for level in levels]
        axes.append((title, labels, shares))
        body = [[reader, *(percent(share, 0) if share is not None else "–" for share in one)] for reader, one in shares.items()]
        parts += [table([title, *labels], body), ""]
    parts += ["What Lectern missed, by kind of mistake (`specimens grid` draws the pictures again, seed by seed):", "", *weaknesses(bench), ""]
    (arguments.out / "damage.svg").write_text(curves.panels("Share of zones read exactly, by level of each damage", axes))
    parts += ["## Pages without a zone", "",
              f"{none['without']} drawn letters with account numbers, tables of digits, program listings, keyboards and card fronts: "
              f"Lectern reported {none['false']} zones. CPU seconds: {none['median']:.3f} median, {none['p95']:.3f} at the 95th percentile.", ""]
    calibration, silent = confidence(bench)
    parts += ["## Confidence", "", calibration, ""]
    for name, (values, wrong, flagged, proven, false) in silent.items():
        what = "drawn documents" if name == "grid" else "public specimens"
        parts.append(f"- {what}: {values} values answered; {flagged} marked for review; {wrong} wrong and not marked "
                     f"({percent(wrong / values, 2) if values else '–'}); {proven} called proven, {false} of them wrong.")
    above = sorted(bench.above)
    largest = max(bench.above, key=lambda one: one[2])
    parts += ["", "## Memory and cores", "",
              f"- Peak memory of a whole `lectern read` less the decoded picture (3 bytes a pixel), over {len(above)} pictures: "
              f"{above[len(above) // 2][0]:.0f} MB median, {above[-1][0]:.0f} MB at most. The largest picture, "
              f"{largest[2] / 1e6:.1f} megapixels, took {largest[1]:.0f} MB in all.",
              cores(one, two)]
    parts += ["", "## Where another reader was better", ""]
    parts += losses(bench) or ["Nowhere: in no figure above, and on no picture."]
    (arguments.out / "mrz.md").write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    print("\n".join(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lectern", required=True, help="the program")
    parser.add_argument("--specimens-program", required=True, help="what draws")
    parser.add_argument("--peers-python", default="", help="Python of the environment of the other readers")
    parser.add_argument("--specimens", type=pathlib.Path, help="folder with a manifest of real pictures")
    parser.add_argument("--tessdata", default="", help="folder with mrz.traineddata, for fastmrz")
    parser.add_argument("--count", type=int, default=1000, help="documents drawn")
    parser.add_argument("--peers-on", type=int, default=28, help="how many of them the other readers read")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for pictures and answers")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the tables and curves")
    parser.add_argument("--command", default="make bench-mrz", help="what to name as the command in the page")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    bench = Bench(arguments)
    bench.run()
    document(bench, arguments)


if __name__ == "__main__":
    main()
