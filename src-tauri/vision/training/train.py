#!/usr/bin/python3
"""Trains the recogniser of machine-readable zones on drawn lines. See README.md beside this file."""

import argparse
import math
import os
import pathlib
import random
import subprocess
import time

import torch
from torch import nn

import network as shape
from evaluate import error_rate, figures
from lines import batch, by_width, draw

ROOT = pathlib.Path(__file__).resolve().parents[3]
TRAINING_SEED, TEST_SEED, GOLDEN_SEED = 20_260_101, 7_000_000, 9_000_000
BATCH = 32
CHUNK = 8 * BATCH  # lines sorted by width together; checkpoints lie between chunks
PEAK_RATE, LAST_RATE, WARM_UP = 2.5e-3, 1e-5, 200
STEADY = 0.55  # the part of all iterations before the rate falls
UNREADABLE = 1  # lines of a batch that are left out while the rate falls: those with the largest loss


def learning_rate(iteration, iterations):
    """A short climb, a steady stretch, then half a cosine down.

    Up to the end of the steady stretch the rate does not depend on the number of iterations, so a run may
    still be lengthened there without starting over.
    """
    falling = max(0.0, iteration / iterations - STEADY) / (1 - STEADY)
    rate = LAST_RATE + (PEAK_RATE - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * falling))
    return rate * min(1.0, (iteration + 1) / WARM_UP)


def build_generator():
    """The generator, built by cargo; its path."""
    command = ["cargo", "build", "--quiet", "--package", "lectern-tests", "--bin", "specimens"]
    subprocess.run(command, cwd=ROOT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    return str(pathlib.Path(target) / "debug" / "specimens")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--iterations", type=int, default=15_000, help="batches to train on, a multiple of 8")
    parser.add_argument("--generator", help="a built `specimens` program (default: build it)")
    parser.add_argument("--checkpoint", default="/var/tmp/lectern-training/checkpoint.pt")
    parser.add_argument("--out", default=str(ROOT / "src-tauri/vision/weights"))
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of the trainer")
    parser.add_argument("--export-only", action="store_true", help="export the last checkpoint and stop")
    arguments = parser.parse_args()
    generator = arguments.generator or build_generator()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = shape.Network().to(device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=1e-3)
    loss_of = nn.CTCLoss(reduction="none", zero_infinity=True)
    golden = [strip for _, _, strip in draw(generator, GOLDEN_SEED, 0, 2)]

    checkpoint = pathlib.Path(arguments.checkpoint)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    iteration, seconds = 0, 0.0
    if checkpoint.exists():
        stored = torch.load(checkpoint, map_location=device)
        network.load_state_dict(stored["network"])
        optimiser.load_state_dict(stored["optimiser"])
        iteration, seconds = stored["iteration"], stored["cpu_seconds"]
        print(f"resuming at iteration {iteration}", flush=True)
    if arguments.export_only:
        print("weights", shape.export(network, arguments.out, golden))
        return

    test = list(draw(generator, TEST_SEED, 0, 512))
    count = sum(p.numel() for p in network.parameters())
    print(f"{count} parameters, {shape.multiply_adds(600) / 1e6:.1f} M multiply-adds at width 600, on {device}", flush=True)
    remaining = (arguments.iterations - iteration) * BATCH
    lines = draw(generator, TRAINING_SEED, iteration * BATCH, remaining)
    started, mean_loss, spoken = time.process_time() - seconds, None, time.time()
    while iteration < arguments.iterations:
        chunk = by_width([next(lines) for _ in range(CHUNK)], BATCH)
        random.Random(iteration).shuffle(chunk)
        network.train()
        for some in chunk:
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(iteration, arguments.iterations)
            strips, steps, classes, lengths = batch(some)
            scores = network(strips.to(device)).log_softmax(1).permute(2, 0, 1)
            losses = loss_of(scores, classes.to(device), steps, lengths) / lengths.clamp(min=1).to(device)
            if iteration >= STEADY * arguments.iterations:
                # About one line in thirty is damaged beyond reading; its loss would outweigh all others.
                losses = losses.sort().values[:-UNREADABLE]
            loss = losses.mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5)
            optimiser.step()
            mean_loss = loss.item() if mean_loss is None else 0.99 * mean_loss + 0.01 * loss.item()
            iteration += 1
        if iteration % 200 == 0:
            seconds = time.process_time() - started
            torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(),
                        "iteration": iteration, "cpu_seconds": seconds}, f"{checkpoint}.new")
            os.replace(f"{checkpoint}.new", checkpoint)
            wall, spoken = time.time() - spoken, time.time()
            rate = f", CER {100 * error_rate(network, test):.2f} %" if iteration % 1000 == 0 else ""
            print(f"iteration {iteration}: loss {mean_loss:.4f}{rate}, {seconds / 60:.1f} CPU min,"
                  f" {wall / 200:.3f} s each", flush=True)
    print("weights", shape.export(network, arguments.out, golden))
    print(figures(network, generator, TEST_SEED))


if __name__ == "__main__":
    main()
