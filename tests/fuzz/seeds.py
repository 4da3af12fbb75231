#!/usr/bin/env python3
"""Seeds for the fuzz targets from drawn documents: invented persons only.

  seeds.py FOLDER CORPUS

FOLDER is what `specimens draw` wrote: a manifest and pictures. Pictures become small pages, zones
become text for the parser and seen lines for the decoder. `tests/fuzz/run seed` does both.
"""
import json
import pathlib
import sys

# The order of `FORMATS` in targets/parser.rs.
FORMATS = "TD1 TD2 TD3 MRVA MRVB FRID FRDL FRVR CHDL nonstandard".split()


def main():
    folder, corpus = map(pathlib.Path, sys.argv[1:])
    truths = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    for truth in truths:
        name = truth["id"]
        write(corpus / "locator" / name, b"\0" + (folder / truth["file"]).read_bytes())
        if not truth.get("mrz"):
            continue
        text = "\n".join(truth["mrz"]).encode()
        # Day 128 is the middle of the days that the parser's target knows.
        write(corpus / "parser" / name, bytes([FORMATS.index(truth["mrz_format"]), 128]) + text)
        # One crop without doubt; three crops, read twice, each with a doubtful character.
        write(corpus / "decoder" / f"{name}-clean", bytes([1]) + text)
        write(corpus / "decoder" / f"{name}-doubt", bytes([0x49]) + text + b"!" + bytes([40, 0] * 7 + [8, 120]) * 3)
    # Rows of strokes: blocks of two and three lines, upright and turned.
    for turn in (0, 3, 64, 130):
        block = bytes([20, 0, 60, 0, turn, 10, 43, 1 + turn % 2, 20, 7])
        write(corpus / "locator" / f"strokes-{turn}", bytes([2, 144, 1, 100, 0, 230, 0]) + block)
    write(corpus / "locator" / "pixels", bytes([1, 200, 0, 60, 0, 1]) + bytes(range(256)))
    write(corpus / "locator" / "line", bytes([3, 200, 0, 60, 0, 1, 0, 124, 0, 128, 0, 135, 0, 129, 0, 128, 0, 129, 0, 129]))


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
