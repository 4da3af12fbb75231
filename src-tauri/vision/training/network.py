"""The recogniser's network: its layers, its training form, and its export for the Rust side.

The list returned by `layers()` is the only description of the network. Training builds it with batch
normalisation after every convolution but the last; export folds the normalisation into weights and
biases and writes the list into the file, so that the reader in Rust needs to know no architecture.
"""

import hashlib
import json
import struct

import numpy as np
import torch
from torch import nn

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<Ñ"
HEIGHT = 24
CAPITAL = 0.62
CLASSES = len(ALPHABET) + 1  # 0 is the blank


def layers():
    """The layers in order of execution. One symbol spans about four steps of the output."""
    done = []

    def layer(inputs, outputs, kernel, stride=(1, 1), padding=None, groups=1, relu=True, residual="none"):
        if padding is None:
            padding = (kernel[0] // 2, kernel[1] // 2)
        done.append({
            "name": f"c{len(done)}", "in": inputs, "out": outputs, "kernel": list(kernel), "stride": list(stride),
            "padding": list(padding), "groups": groups, "relu": relu, "residual": residual,
        })

    layer(1, 12, (3, 3), stride=(2, 2))  # 12 rows, a half of the width
    layer(12, 24, (3, 3), stride=(2, 2))  # 6 rows, a quarter of the width
    layer(24, 24, (3, 3), groups=24)
    layer(24, 48, (1, 1))
    layer(48, 48, (3, 3), stride=(2, 1))  # 3 rows
    layer(48, 80, (3, 3), padding=(0, 1))  # 1 row
    for reach in (5, 5, 7, 7):
        layer(80, 80, (1, reach), groups=80, residual="open")
        layer(80, 80, (1, 1), residual="close")
    layer(80, CLASSES, (1, 1), relu=False)
    return done


def multiply_adds(width):
    """Multiplications and additions for a strip of this width."""
    height, total = HEIGHT, 0
    for layer in layers():
        (kh, kw), (sh, sw), (ph, pw) = layer["kernel"], layer["stride"], layer["padding"]
        height = (height + 2 * ph - kh) // sh + 1
        width = (width + 2 * pw - kw) // sw + 1
        total += layer["out"] * height * width * kh * kw * layer["in"] // layer["groups"]
    return total


class Network(nn.Module):
    """The training form."""

    def __init__(self):
        super().__init__()
        self.list = layers()
        self.convolutions = nn.ModuleList()
        self.norms = nn.ModuleList()
        for layer in self.list:
            last = not layer["relu"]
            self.convolutions.append(nn.Conv2d(
                layer["in"], layer["out"], tuple(layer["kernel"]), tuple(layer["stride"]),
                tuple(layer["padding"]), groups=layer["groups"], bias=last))
            self.norms.append(nn.Identity() if last else nn.BatchNorm2d(layer["out"]))

    def forward(self, x):
        kept = None
        for layer, convolution, norm in zip(self.list, self.convolutions, self.norms):
            if layer["residual"] == "open":
                kept = x
            x = norm(convolution(x))
            if layer["relu"]:
                x = torch.relu(x)
            if layer["residual"] == "close":
                x = x + kept
        return x[:, :, 0, :]

    def folded(self):
        """Weights and biases by tensor name, batch normalisation folded in."""
        tensors = {}
        with torch.no_grad():
            for layer, convolution, norm in zip(self.list, self.convolutions, self.norms):
                weight, bias = convolution.weight.double(), convolution.bias
                if isinstance(norm, nn.BatchNorm2d):
                    scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
                    weight = weight * scale[:, None, None, None]
                    bias = norm.bias.double() - norm.running_mean.double() * scale
                tensors[layer["name"] + ".weight"] = weight.float().cpu().numpy()
                tensors[layer["name"] + ".bias"] = bias.detach().float().cpu().numpy()
        return tensors


def normalise(strip):
    """A strip of grey bytes as the network wants it: mean 0, contrast about 1, flat strips kept flat."""
    strip = strip.astype(np.float32)
    return (strip - strip.mean()) / (strip.std() + 8.0)


def padded_width(width):
    """The width a strip is padded to on the right, with zeros, after normalisation."""
    return max(32, (width + 7) // 8 * 8)


def greedy(logits):
    """The text of the best path, for logits of one strip [classes, steps]."""
    text, last = "", 0
    for best in logits.argmax(0):
        if best != last and best != 0:
            text += ALPHABET[best - 1]
        last = best
    return text


def write_safetensors(path, tensors, metadata):
    """The safetensors layout: length of the header, header, raw little-endian numbers."""
    header, offset = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        size = tensor.size * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(np.ascontiguousarray(tensor, dtype="<f4").tobytes())


def export(network, folder, strips):
    """Writes the weights, and for the given strips (grey bytes [24, width]) what goes in and comes out."""
    network.eval()
    write_safetensors(f"{folder}/mrz.safetensors", network.folded(), {
        "format": "lectern-ctc-1", "alphabet": ALPHABET, "height": str(HEIGHT), "capital": str(CAPITAL),
        "layers": json.dumps(network.list, separators=(",", ":")),
    })
    golden = {}
    for number, strip in enumerate(strips):
        fed = np.zeros((HEIGHT, padded_width(strip.shape[1])), np.float32)
        fed[:, :strip.shape[1]] = normalise(strip)
        device = next(network.parameters()).device
        with torch.no_grad():
            logits = network(torch.from_numpy(fed)[None, None].to(device))[0].cpu().numpy()
        golden[f"input{number}"], golden[f"logits{number}"] = fed, logits
    write_safetensors(f"{folder}/mrz-golden.safetensors", golden, {"format": "lectern-ctc-1-golden"})
    with open(f"{folder}/mrz.safetensors", "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
