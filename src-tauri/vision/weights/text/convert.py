#!/usr/bin/env python3
"""Makes detector.onnx.gz, recogniser.onnx.gz and alphabet.txt from the published PP-OCR models.

  python3 -m venv env && env/bin/pip install onnx==1.23.2 numpy
  env/bin/python convert.py

It fetches the two wheels below with pip, checks what it takes out of them by SHA-256, and writes beside
itself. Three things change, none of them the network's shape:

- The recogniser's last layer keeps the classes of the Latin script (letters with the accents of Europe,
  digits, punctuation) and the full-width forms of ASCII, which `alphabet.txt` names by their ASCII
  character. The other 18 000 classes go: smaller, quicker, and no letter is mistaken for an ideograph.
- Weights are rounded to 11 bits of mantissa (as in half precision, with the exponent of single), so
  that the rest compresses. They stay single-precision numbers in an ordinary ONNX file.
- Constants become initialisers, and names and documentation go.
"""
import gzip
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

import numpy
import onnx
from onnx import numpy_helper

HERE = pathlib.Path(__file__).parent
DETECTOR = (
    "rapidocr-onnxruntime==1.4.4",
    "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
    "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
)
RECOGNISER = (
    "rapidocr==3.10.0",
    "rapidocr/models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
# Bits of an IEEE single's mantissa that are rounded away.
ROUNDED = 12
LETTERS_BEYOND_LATIN_EXTENDED_A = "ƏəȘșȚțǍǎǑǒǓǔǦǧǨǩǤǥǮǯƷʒ"
PUNCTUATION = "–—‘’‚“”„†‡•…‰‹›€№™←→−√≤≥●■□"


def fetch(package, member, digest):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, package]
        subprocess.run(command, check=True)
        (wheel,) = pathlib.Path(folder).iterdir()
        data = zipfile.ZipFile(wheel).read(member)
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        sys.exit(f"{member} of {package} has SHA-256 {found}, not {digest}")
    return onnx.load_from_string(data)


def kept(symbol):
    """The character a class is read as, or none if the class goes."""
    if len(symbol) != 1:
        return None
    code = ord(symbol)
    if 0x20 <= code < 0x7F or (0xA1 <= code < 0x180 and symbol not in "ĲĳŉſĸŊŋ"):
        return symbol
    if symbol in LETTERS_BEYOND_LATIN_EXTENDED_A or symbol in PUNCTUATION:
        return symbol
    if 0xFF01 <= code < 0xFF5F:
        return unicodedata.normalize("NFKC", symbol)
    return {"\u3000": " ", "、": ",", "。": "."}.get(symbol)


def constants_to_initialisers(graph):
    for node in [one for one in graph.node if one.op_type == "Constant"]:
        (value,) = [one.t for one in node.attribute if one.name == "value"]
        tensor = graph.initializer.add()
        tensor.CopyFrom(value)
        tensor.name = node.output[0]
        graph.node.remove(node)


def prune(model):
    """Keeps some classes of the last layer; the characters of those kept, blank left out."""
    (listed,) = [one.value for one in model.metadata_props if one.key == "character"]
    # Class 0 is the blank, the last one the space.
    symbols = [None, *listed.split("\n"), " "]
    weights = {one.name: one for one in model.graph.initializer}
    (multiply,) = [one for one in model.graph.node if one.op_type == "MatMul" and one.input[1] == "linear_8.w_0"]
    classes = weights[multiply.input[1]].dims[1]
    if len(symbols) != classes:
        sys.exit(f"{len(symbols)} symbols for {classes} classes")
    chosen = [0] + [at for at in range(1, classes) if kept(symbols[at]) is not None]
    for name in ("linear_8.w_0", "linear_8.b_0"):
        array = numpy_helper.to_array(weights[name])
        weights[name].CopyFrom(numpy_helper.from_array(array[..., chosen].copy(), name))
    return [kept(symbols[at]) for at in chosen[1:]]


def rounded(array):
    bits = array.astype(numpy.float32).view(numpy.uint32).astype(numpy.uint64)
    bits = (bits + (1 << (ROUNDED - 1))) >> ROUNDED << ROUNDED
    return bits.astype(numpy.uint32).view(numpy.float32)


def write(model, name):
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype == numpy.float32 and array.size > 64:
            tensor.CopyFrom(numpy_helper.from_array(rounded(array), tensor.name))
    del model.metadata_props[:]
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        node.name = ""
    del model.graph.value_info[:]
    onnx.checker.check_model(model)
    # No time and no name inside, so that the same input gives the same file.
    data = gzip.compress(model.SerializeToString(deterministic=True), 9, mtime=0)
    (HERE / name).write_bytes(data)
    print(f"{hashlib.sha256(data).hexdigest()}  {name}  {len(data)} bytes")


def main():
    detector = fetch(*DETECTOR)
    constants_to_initialisers(detector.graph)
    write(detector, "detector.onnx.gz")
    recogniser = fetch(*RECOGNISER)
    constants_to_initialisers(recogniser.graph)
    alphabet = prune(recogniser)
    write(recogniser, "recogniser.onnx.gz")
    (HERE / "alphabet.txt").write_text("".join(f"{symbol}\n" for symbol in alphabet), encoding="utf-8")
    print(len(alphabet), "symbols")


if __name__ == "__main__":
    main()
