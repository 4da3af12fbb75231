"""Curves as SVG, written by hand so that nothing need be installed; readable on light and dark pages."""
from xml.sax.saxutils import escape

COLOURS = {"Lectern": "#2f81f7", "PassportEye": "#d1632a", "fastmrz": "#3f9142", "RapidOCR": "#a35fc9", "Tesseract": "#b58900"}
DASHES = {"Lectern": "", "PassportEye": "7 3", "fastmrz": "2 3", "RapidOCR": "9 3 2 3", "Tesseract": "4 4"}

WIDTH, HEIGHT, LEFT, TOP = 250, 170, 44, 34


def panels(title, axes, across=3):
    """Panels of curves. `axes`: (name, labels of the levels, {reader: shares 0 to 1 or None})."""
    down = -(-len(axes) // across)
    width, height = across * (WIDTH + LEFT) + 20, 52 + down * (HEIGHT + TOP + 34)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12">',
        "<style>text{fill:#1f2328}.faint{stroke:#8c959f;stroke-opacity:.35}.small{font-size:11px;fill:#59636e}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}}</style>",
    ]
    readers = list(dict.fromkeys(reader for _, _, curves in axes for reader in curves))
    x = LEFT
    for reader in readers:
        out.append(line([(x, 18), (x + 30, 18)], reader))
        out.append(f'<text x="{x + 36}" y="22">{escape(reader)}</text>')
        x += 60 + 8 * len(reader)
    for number, (name, labels, curves) in enumerate(axes):
        left = LEFT + number % across * (WIDTH + LEFT)
        top = 52 + TOP + number // across * (HEIGHT + TOP + 34)
        out.append(panel(left, top, name, labels, curves))
    return "\n".join([*out, "</svg>", ""])


def panel(left, top, name, labels, curves):
    out = [f'<text x="{left}" y="{top - 12}" font-weight="600">{escape(name)}</text>']
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = top + HEIGHT * (1 - share)
        out.append(f'<path class="faint" d="M{left} {y:.1f}h{WIDTH}"/>')
        out.append(f'<text class="small" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{share:.0%}</text>')
    step = WIDTH / max(len(labels) - 1, 1) * 0.9
    at = [left + WIDTH * 0.05 + number * step for number in range(len(labels))]
    for x, label in zip(at, labels):
        out.append(f'<text class="small" x="{x:.1f}" y="{top + HEIGHT + 18}" text-anchor="middle">{escape(label)}</text>')
    for reader, shares in curves.items():
        points = [(x, top + HEIGHT * (1 - share)) for x, share in zip(at, shares) if share is not None]
        out.append(line(points, reader))
        radius = 3.5 if reader == "Lectern" else 2.5
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{COLOURS[reader]}"/>' for x, y in points]
    return "\n".join(out)


def line(points, reader):
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dash = f' stroke-dasharray="{DASHES[reader]}"' if DASHES[reader] else ""
    width = 2.5 if reader == "Lectern" else 1.6
    return f'<path d="M{path}" fill="none" stroke="{COLOURS[reader]}" stroke-width="{width}"{dash}/>'
