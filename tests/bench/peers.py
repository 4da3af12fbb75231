#!/usr/bin/env python3
"""Reads the pictures of a manifest with one other reader and writes its answers.

  peers.py READER MANIFEST OUT [--limit N] [--tessdata FOLDER]

READER: passporteye, fastmrz, rapidocr, tesseract. Runs inside the environment that `mrz` makes; one
thread. `seconds` is CPU time of this process and its children from opening the file to the answer; the
last line of OUT holds the peak memory of the largest process in MB.

The two general readers do not look for a machine-readable zone, so `pick` does it for them, and is
kind: whatever looks like its lines is cut or filled up to the next length that exists.
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

for name in "OMP_THREAD_LIMIT OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS OPENCV_FOR_THREADS_NUM".split():
    os.environ[name] = "1"


def passporteye(_):
    from passporteye import read_mrz

    def read(path):
        found = read_mrz(path)
        text = found.aux.get("text") if found is not None else None
        lines = [line.strip() for line in (text or "").split("\n")]
        return [line.replace(" ", "") for line in lines if line] or None

    return read


def fastmrz(tessdata):
    from fastmrz import FastMRZ

    reader = FastMRZ(tessdata_path=tessdata or "")

    def read(path):
        text = reader.get_details(path, ignore_parse=True)
        text = text if isinstance(text, str) else ""
        return [line for line in text.split("\n") if line] or None

    return read


def rapidocr(_):
    from rapidocr_onnxruntime import RapidOCR

    reader = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def read(path):
        found, _ = reader(path)
        lines = [(box[0][1], text) for box, text, _ in found or []]
        return pick([text for _, text in sorted(lines)])

    return read


def tesseract(_):
    def read(path):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "page")
            command = ["tesseract", path, str(out), "-l", "eng", "--psm", "11"]
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
            page = out.with_suffix(".txt")
            return pick(page.read_text().splitlines()) if page.exists() else None

    return read


def pick(lines):
    """The last two or three lines that could be a zone's, or one of thirty."""
    zone = []
    for line in lines:
        line = re.sub(r"\s", "", line.upper().replace("«", "<<").replace("‹", "<"))
        symbols = re.sub(r"[^A-Z0-9<]", "", line)
        looks = len(symbols) >= 24 and len(symbols) >= 0.9 * len(line) and "<" in symbols
        looks = looks or (len(symbols) == len(line) and 28 <= len(line) <= 46)
        if looks:
            zone.append(symbols)
    if not zone:
        return None
    longest = max(len(line) for line in zone)
    length = min((30, 36, 44), key=lambda one: abs(one - longest))
    zone = zone[-3:] if length == 30 else zone[-2:]
    if zone[0][0] not in "PVIAC" and zone[-1][0] in "PVIAC":
        zone.reverse()  # The picture lies upside down.
    return [line[:length].ljust(length, "<") for line in zone]


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    readers = {one.__name__: one for one in (passporteye, fastmrz, rapidocr, tesseract)}
    parser.add_argument("reader", choices=readers)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--tessdata")
    arguments = parser.parse_args()
    read = readers[arguments.reader](arguments.tessdata)
    entries = [json.loads(line) for line in arguments.manifest.read_text(encoding="utf-8").splitlines()]
    with arguments.out.open("w", encoding="utf-8") as out:
        for entry in entries[: arguments.limit]:
            start = cpu()
            problem = None
            try:
                lines = read(str(arguments.manifest.parent / entry["file"]))
            except Exception as error:  # A reader that dies of a picture has not read it.
                lines, problem = None, repr(error)
            answer = {"id": entry["id"], "mrz": lines, "seconds": cpu() - start}
            print(json.dumps(answer | ({"problem": problem} if problem else {})), file=out, flush=True)
        # Children count from before they become another program, so the larger of the two is meant.
        peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(json.dumps({"peak_mb": max(peaks) / 1024}), file=out)


if __name__ == "__main__":
    sys.exit(main())
