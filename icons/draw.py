#!/usr/bin/python3
"""Draws the icon's PNG files from lectern.svg.

Needs Debian's python3-gi, gir1.2-gdkpixbuf-2.0 and librsvg2-common. Run it after every change of
the drawing.
"""
import pathlib

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402  (the version must be named first)

FOLDER = pathlib.Path(__file__).resolve().parent
# What a Linux desktop looks for in hicolor/; `icon.png` is the one Tauri puts on the window.
SIZES = {"32x32.png": 32, "64x64.png": 64, "128x128.png": 128, "256x256.png": 256, "icon.png": 512}

for name, side in SIZES.items():
    picture = GdkPixbuf.Pixbuf.new_from_file_at_size(str(FOLDER / "lectern.svg"), side, side)
    picture.savev(str(FOLDER / name), "png", [], [])
