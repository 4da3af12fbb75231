#!/usr/bin/env python3
"""Reads the pictures of a manifest with one reader of printed text, or compares what readers read.

  texts.py read READER MANIFEST OUT [--program FILE]
  texts.py compare MANIFEST TABLE NAME=ANSWERS…

READER: lectern (needs --program, the built `text` example), tesseract, rapidocr (run by the Python that
`read` prepares). One thread each. `seconds` is CPU time from the picture's path to its text, for Lectern to the whole
reading of the document with its fields; Lectern and
RapidOCR are loaded once, Tesseract's program anew for every picture, as a user would run it. The last
line of OUT holds the peak memory in MB.

MANIFEST: JSON lines with `id`, `file` (beside it) and `fields`. A value is found if the text, folded
(accents off, capitals, letters and digits only), holds it; a date in any usual order and with the month
in figures or words; a value of several parts (names, addresses, categories) if it holds every part.
Values of a single character, and the nationality (a code for a printed name), do not count.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unicodedata

for name in "OMP_THREAD_LIMIT OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS OPENCV_FOR_THREADS_NUM".split():
    os.environ[name] = "1"

MONTHS = [
    "JANUARY JANUAR JANVIER JAN JANV GEN ENE",
    "FEBRUARY FEBRUAR FEVRIER FEB FEV FEVR",
    "MARCH MARZ MARS MAR MRT MAERZ",
    "APRIL AVRIL APR AVR ABR KWI",
    "MAY MAI MEI MAG MAYO MAJ",
    "JUNE JUNI JUIN JUN GIU",
    "JULY JULI JUILLET JUL JUIL LUG",
    "AUGUST AOUT AUG AGO AOU",
    "SEPTEMBER SEPTEMBRE SEP SEPT SET",
    "OCTOBER OKTOBER OCTOBRE OCT OKT OTT",
    "NOVEMBER NOVEMBRE NOV",
    "DECEMBER DEZEMBER DECEMBRE DEC DEZ DIC",
]
IN_PARTS = {"surname", "given_names", "address", "licence_categories", "place_of_birth", "authority"}


def fold(text):
    text = text.replace("Ø", "O").replace("ø", "o").replace("Ł", "L").replace("ł", "l").replace("ß", "ss")
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Z0-9\u0620-\u064a]", "", "".join(c for c in text if not unicodedata.combining(c)).upper())


def holds(text, field, value):
    date = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)
    if date:
        year, month, day = date.groups()
        months = "|".join([month, month.lstrip("0"), *MONTHS[int(month) - 1].split()])
        year, day = f"(?:{year}|{year[2:]})", f"0?{day.lstrip('0')}"
        month = f"0?(?:{months})(?:0?(?:{months}))?"
        return any(re.search(order, text) for order in (day + month + year, month + day + year, year + month + day))
    if fold(value) in text:
        return True
    return field in IN_PARTS and all(fold(part) in text for part in re.split(r"[\s,/]+", value))


def counted(field, value):
    return isinstance(value, str) and field not in ("nationality", "sex") and len(fold(value)) > 1


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Lectern:
    """One process that is told paths and answers sheets and zones, an empty line after each picture."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.tick = os.sysconf("SC_CLK_TCK")

    def seconds(self):
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / self.tick

    def read(self, path):
        start = self.seconds()
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        lines = []
        while (answer := self.process.stdout.readline().strip()):
            part = json.loads(answer)
            lines.extend(part.get("mrz", []))
            lines.extend(" ".join(word["text"] for word in line["words"]) for line in part.get("lines", []))
        return "\n".join(lines), self.seconds() - start

    def peak(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


class Tesseract:
    def __init__(self, _):
        pass

    def read(self, path):
        start = cpu()
        with tempfile.TemporaryDirectory() as folder:
            command = ["tesseract", path, f"{folder}/page", "-l", "eng", "--psm", "11"]
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
            page = pathlib.Path(folder, "page.txt")
            text = page.read_text(encoding="utf-8") if page.exists() else ""
        return text, cpu() - start

    def peak(self):
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


class Rapidocr:
    def __init__(self, _):
        from rapidocr_onnxruntime import RapidOCR

        self.reader = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def read(self, path):
        start = cpu()
        found, _ = self.reader(path)
        return "\n".join(text for _, text, _ in found or []), cpu() - start

    def peak(self):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read(arguments):
    reader = {"lectern": Lectern, "tesseract": Tesseract, "rapidocr": Rapidocr}[arguments.reader](arguments.program)
    with arguments.out.open("w", encoding="utf-8") as out:
        for entry in rows(arguments.manifest):
            text, seconds = reader.read(str(arguments.manifest.parent / entry["file"]))
            print(json.dumps({"id": entry["id"], "text": text, "seconds": seconds}), file=out, flush=True)
        print(json.dumps({"peak_mb": reader.peak()}), file=out)


def compare(arguments):
    entries = rows(arguments.manifest)
    wanted = [(e["id"], f, v) for e in entries for f, v in e.get("fields", {}).items() if counted(f, v)]
    table = [
        f"{len(entries)} pictures, {len(wanted)} values.\n",
        "| reader | values found | CPU s a page, mean | median | p95 | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    for name, path in (one.split("=", 1) for one in arguments.answers):
        *answers, last = rows(pathlib.Path(path))
        texts = {one["id"]: fold(one["text"]) for one in answers}
        missed = [one for one in wanted if not holds(texts.get(one[0], ""), *one[1:])]
        seconds = sorted(one["seconds"] for one in answers)
        found = 1 - len(missed) / max(len(wanted), 1)
        mean = sum(seconds) / max(len(seconds), 1)
        middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
        table.append(
            f"| {name} | {found:.1%} | {mean:.2f} | {middle:.2f} | {late:.2f} | {last['peak_mb']:.0f} MB |"
        )
        print(name, "missed", len(missed), *(f"{one[0]}:{one[1]}" for one in missed))
    arguments.table.write_text("\n".join(table) + "\n", encoding="utf-8")
    print("\n".join(table))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("read")
    one.add_argument("reader", choices=["lectern", "tesseract", "rapidocr"])
    one.add_argument("manifest", type=pathlib.Path)
    one.add_argument("out", type=pathlib.Path)
    one.add_argument("--program")
    one.set_defaults(act=read)
    one = commands.add_parser("compare")
    one.add_argument("manifest", type=pathlib.Path)
    one.add_argument("table", type=pathlib.Path)
    one.add_argument("answers", nargs="+", metavar="NAME=ANSWERS")
    one.set_defaults(act=compare)
    arguments = parser.parse_args()
    arguments.act(arguments)


if __name__ == "__main__":
    main()
