"""How well answers match the truth of a manifest: the figures of the tables."""
import collections
import math

# Fields that a zone spells out, by the key of the truth's `mrz_parsed`.
SPELT = {
    "document_number": "document_number", "date_of_birth": "birth", "date_of_expiry": "expiry", "sex": "sex",
    "nationality": "nationality", "surname": "surname", "given_names": "given_names",
}


def distance(one, other):
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def errors(truth, answer):
    """Wrong characters of a zone; a zone that is missing is wrong in all of them, and no more."""
    wanted, got = "".join(truth["mrz"]), "".join(answer.get("mrz") or [])
    return 0 if got == wanted else min(distance(got, wanted), len(wanted))


def weights(truths):
    """Pictures of one document (`group`) share the weight of one."""
    size = collections.Counter(truth.get("group") or truth["id"] for truth in truths)
    return {truth["id"]: 1 / size[truth.get("group") or truth["id"]] for truth in truths}


def quantile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)] if values else math.nan


def score(truths, answers):
    """The figures of one reader on some pictures; those it was not asked about are left out."""
    truths = [truth for truth in truths if truth["id"] in answers]
    weight = weights(truths)
    sums = collections.Counter()
    false = without = 0
    for truth in truths:
        answer, w = answers[truth["id"]], weight[truth["id"]]
        if not truth.get("mrz"):
            without += 1
            false += bool(answer.get("mrz"))
            continue
        exact = answer.get("mrz") == truth["mrz"]
        sums["zones"] += w
        sums["exact"] += w * exact
        sums["nothing"] += w * (not answer.get("mrz"))
        if truth["mrz_valid_check_digits"] and not truth["mrz_nonconforming"]:
            sums["regular"] += w
            sums["regular exact"] += w * exact
        sums["characters"] += w * len("".join(truth["mrz"]))
        sums["errors"] += w * (0 if exact else errors(truth, answer))
    seconds = [answers[truth["id"]]["seconds"] for truth in truths]
    share = lambda part, whole: sums[part] / sums[whole] if sums[whole] else math.nan
    return {
        "pictures": len(truths), "zones": sums["zones"], "exact": share("exact", "zones"),
        "regular": share("regular exact", "regular"), "cer": share("errors", "characters"),
        "nothing": share("nothing", "zones"), "false": false, "without": without,
        "median": quantile(seconds, 0.5), "p95": quantile(seconds, 0.95), "total": sum(seconds),
    }


def fields(truths, answers):
    """Every value that Lectern answered for a zone that keeps the rules: (name, right, field)."""
    for truth in truths:
        parsed, answer = truth.get("mrz_parsed"), answers.get(truth["id"])
        if not parsed or not answer or not truth["mrz_valid_check_digits"] or truth["mrz_nonconforming"]:
            continue
        for name, key in SPELT.items():
            wanted, field = parsed.get(key), (answer.get("fields") or {}).get(name)
            if wanted is None or field is None:
                continue
            value = field["value"]
            if name.startswith("date_of"):
                if any(not one.isdigit() for one in wanted):
                    continue
                value = value.replace("-", "")[2:]
            elif name == "sex":
                wanted = wanted if wanted in ("M", "F") else "X"
            elif name in ("surname", "given_names"):
                wanted, value = (one.replace("<", " ").replace(",", "") for one in (wanted, value))
            yield name, value == wanted, field
