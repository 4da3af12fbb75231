#!/usr/bin/python3
"""Character error rates on drawn lines that training never saw, by capital height and by damage."""

import torch

import network as shape
from lines import batch, by_width, draw

BANDS = [(5, 6.5), (6.5, 8), (8, 10), (10, 13), (13, 18), (18, 31)]


def distance(a, b):
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        diagonal, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            diagonal, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (x != y))
    return row[-1]


def read(network, lines):
    """Yields every line with the text read greedily from it."""
    network.eval()
    device = next(network.parameters()).device
    with torch.no_grad():
        for some in by_width(lines, 32):
            logits = network(batch(some)[0].to(device)).cpu().numpy()
            for line, one in zip(some, logits):
                yield line, shape.greedy(one[:, :shape.padded_width(line[2].shape[1]) // 4])


def error_rate(network, lines):
    """Wrong characters over all characters."""
    pairs = [(line[0], text) for line, text in read(network, lines)]
    return sum(distance(want, got) for want, got in pairs) / sum(len(want) for want, _ in pairs)


def figures(network, generator, seed, count=4096):
    """The table of the model card."""
    sums = {}
    for (want, capital, _), got in read(network, list(draw(generator, seed, 1_000_000, count))):
        keys = ["no symbols" if not want else next(
            f"{low}-{high} px" for low, high in BANDS if low <= capital < high)]
        if want:
            keys.append("all")
        for key in keys:
            lines, exact, wrong, symbols = sums.get(key, (0, 0, 0, 0))
            sums[key] = (lines + 1, exact + (want == got), wrong + distance(want, got), symbols + len(want))
    rows = ["| capital at capture | lines | exact | CER |", "|---|---|---|---|"]
    for key in [f"{low}-{high} px" for low, high in BANDS] + ["all", "no symbols"]:
        lines, exact, wrong, symbols = sums.get(key, (0, 0, 0, 0))
        rate = f"{100 * wrong / symbols:.2f} %" if symbols else f"{wrong} symbols read"
        rows.append(f"| {key} | {lines} | {100 * exact / max(lines, 1):.1f} % | {rate} |")
    return "\n".join(rows)
