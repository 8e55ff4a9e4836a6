"""Runs exported PyTorch scripts, all in one process, and compares what they print with
the files that Backstep wrote: NAME.py with NAME.json in the first folder, and its
training with NAME.csv in the second."""
import contextlib
import io
import json
import math
import pathlib
import sys

values_folder, training_folder = map(pathlib.Path, sys.argv[1:])
failures = 0
largest = 0.0


def fail(message):
    global failures
    failures += 1
    print("FAILED:", message)


def printed(path, *arguments):
    sys.argv = [str(path), *arguments]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(path.read_text(), str(path), "exec"), {"__name__": "__main__", "__file__": str(path)})
    return out.getvalue()


def compare(what, found, wanted):
    """Entry by entry, relative to the largest entry of the matrix."""
    global largest
    found = [float(v) for row in found for v in row]
    wanted = [float(v) for row in wanted for v in row]
    if len(found) != len(wanted):
        return fail(f"{what} has {len(found)} entries, not {len(wanted)}")
    size = max([abs(v) for v in wanted if math.isfinite(v)], default=0)
    for a, b in zip(found, wanted):
        if a == b or (math.isnan(a) and math.isnan(b)):
            continue
        error = abs(a - b) / max(size, 1e-4)
        if not error <= 1e-10:
            return fail(f"{what}: {a}, not {b}")
        largest = max(largest, error)


def check_values(script):
    wanted = json.loads(script.with_suffix(".json").read_text())
    found = json.loads(printed(script))
    compare(f"{script}: loss", [[found["loss"]]], [[wanted["loss"]]])
    for part in "values", "gradients":
        if list(found[part]) != list(wanted[part]):
            return fail(f"{script}: {part} are of {list(found[part])}, not {list(wanted[part])}")
        for name, rows in found[part].items():
            compare(f"{script}: {part} {name}", rows, wanted[part][name])


def rows_of(csv):
    return [line.split(",")[:3] for line in csv.split("\n")[1:] if line]


def check_training(script):
    wanted = rows_of(script.with_suffix(".csv").read_text())
    found = rows_of(printed(script, "--train", str(len(wanted) - 1)))
    if len(found) != len(wanted):
        fail(f"{script}: {len(found)} rows, not {len(wanted)}")
    for a, b in zip(found, wanted):
        for x, y in zip(a, b):
            if x != y and not abs(float(x) - float(y)) <= 1e-9 * abs(float(y)):
                return fail(f"{script}: epoch,train_loss,test_loss is {a}, not {b}")


count = 0
for folder, check in (values_folder, check_values), (training_folder, check_training):
    for script in sorted(folder.glob("*.py")):
        count += 1
        try:
            check(script)
        except Exception as error:
            fail(f"{script}: {type(error).__name__}: {error}")
print(f"{count} scripts; the largest relative difference is {largest:.1e}")
sys.exit(failures > 0)
