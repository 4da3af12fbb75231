"""Drawn lines, read from the generator's pipe (`specimens lines`; format in tests/src/specimen/line.rs)."""

import struct
import subprocess

import numpy as np
import torch

from network import ALPHABET, HEIGHT, normalise, padded_width

CLASS = {symbol: number + 1 for number, symbol in enumerate(ALPHABET)}


def draw(generator, seed, first, count):
    """Yields (text, capital height at capture in pixels, strip of grey bytes) one by one."""
    command = [generator, "lines", "--seed", str(seed), "--first", str(first), "--count", str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=1 << 20) as process:
        if process.stdout.read(8) != b"lctnlin1":
            raise SystemExit("the generator speaks another format")
        for _ in range(count):
            width, length, capital, _ = struct.unpack("<4H", process.stdout.read(8))
            text = process.stdout.read(length).decode()
            strip = np.frombuffer(process.stdout.read(HEIGHT * width), np.uint8).reshape(HEIGHT, width)
            yield text, capital / 10, strip


def batch(lines):
    """Lines as tensors: strips [count, 1, 24, width], steps of each, classes of all, length of each."""
    strips = torch.zeros(len(lines), 1, HEIGHT, max(padded_width(strip.shape[1]) for _, _, strip in lines))
    for row, (_, _, strip) in zip(strips, lines):
        row[0, :, :strip.shape[1]] = torch.from_numpy(normalise(strip))
    steps = torch.tensor([padded_width(strip.shape[1]) // 4 for _, _, strip in lines])
    classes = torch.tensor([CLASS[symbol] for text, _, _ in lines for symbol in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text, _, _ in lines])
    return strips, steps, classes, lengths


def by_width(lines, size):
    """Batches of lines of like width, so that little of a batch is padding."""
    lines = sorted(lines, key=lambda line: line[2].shape[1])
    return [lines[start:start + size] for start in range(0, len(lines), size)]
