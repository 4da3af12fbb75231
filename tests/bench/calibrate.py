#!/usr/bin/env python3
"""Fit the worth of printed claims: the constants of src-tauri/read/src/calibration.rs.

  lectern bench --manifest DIR/manifest.jsonl --out answers.jsonl     (DIR: `specimens set --count 500 --out DIR`)
  calibrate.py DIR/manifest.jsonl answers.jsonl [MANIFEST ANSWERS …]

Every field that rests on the print of one place alone is an example: right or wrong, with the recogniser's certainty, whether a
second recogniser saw the same, the rule that found it and the kind of value. A logistic regression with a little ridge
gives the weights; they are printed as Rust. Standard library only; the same input gives the same output.
"""
import json, math, re, sys, unicodedata

PLAIN = str.maketrans({"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS", "ß": "SS", "İ": "I", "ı": "I"})
RULES = ("label", "code", "position", "chronology", "tagger")
KINDS = ("date", "name", "number", "text")
RIDGE = 0.5


def folded(text):
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", str(text)).upper().translate(PLAIN))
    text = re.sub(r"(?<=\d)[.,](?=\d)", "·", text)
    return "".join(c for c in text if c.isalnum() or c == "·")


def kind(name, value):
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return "date"
    if name in ("surname", "given_names"):
        return "name"
    return "number" if name.endswith("number") or name in ("A", "E", "can", "formula_number") else "text"


def rule(name):
    """The family of a rule; unknown ones count as labels."""
    for family in RULES:
        if name.startswith(family):
            return family
    return "code" if name.startswith("field") else "label"


def features(name, field):
    first = field["evidence"][0]
    certainty = min(max(first.get("certainty", 0.5), 0.01), 0.995)
    x = [1.0, math.log(certainty / (1 - certainty)), 1.0 if first.get("agreed") else 0.0]
    x += [float(rule(first.get("rule", "")) == r) for r in RULES[1:]]
    x += [float(kind(name, field["value"]) == k) for k in KINDS[1:]]
    return x


def examples(manifest, answers):
    truth = {t["id"]: t for t in map(json.loads, open(manifest, encoding="utf-8"))}
    for answer in map(json.loads, open(answers, encoding="utf-8")):
        wanted = truth[answer["id"]]["fields"]
        for name, field in answer["fields"].items():
            places = {(e["zone"], e["page"]) for e in field["evidence"]}
            if name not in wanted or places != {("visual", 0)} or field["evidence"][0].get("certainty") is None:
                continue
            yield features(name, field), float(folded(field["value"]) == folded(wanted[name]))


def solve(a, b):
    n = len(b)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [x - f * y for x, y in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def fit(data):
    """Newton's method on the penalised likelihood."""
    n = len(data[0][0])
    w = [0.0] * n
    for _ in range(30):
        gradient = [-RIDGE * v if i else 0.0 for i, v in enumerate(w)]
        hessian = [[RIDGE * (i == j and i > 0) + 1e-9 * (i == j) for j in range(n)] for i in range(n)]
        for x, y in data:
            p = 1 / (1 + math.exp(-sum(a * b for a, b in zip(w, x))))
            for i in range(n):
                gradient[i] += (y - p) * x[i]
                for j in range(n):
                    hessian[i][j] += p * (1 - p) * x[i] * x[j]
        w = [a + b for a, b in zip(w, solve(hessian, gradient))]
    return w


def main():
    paths = sys.argv[1:]
    if not paths or len(paths) % 2:
        sys.exit(__doc__)
    data = [e for m, a in zip(paths[::2], paths[1::2]) for e in examples(m, a)]
    w = fit(data)
    print(f"// {len(data)} values, {sum(y for _, y in data) / len(data):.1%} right")
    print(f"const INTERCEPT: f32 = {w[0]:.2f};\nconst CERTAINTY: f32 = {w[1]:.2f};\nconst AGREED: f32 = {w[2]:.2f};")
    for name, value in zip(RULES[1:], w[3:]):
        print(f"const BY_{name.upper()}: f32 = {value:.2f};")
    for name, value in zip(KINDS[1:], w[3 + len(RULES) - 1 :]):
        print(f"const OF_{name.upper()}: f32 = {value:.2f};")


if __name__ == "__main__":
    main()
