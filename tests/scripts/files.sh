#!/usr/bin/env bash
# No file is lost: a new file replaces the old one only once it is complete, and never
# a file that is being read. And an exported script runs no foreign code, whatever a
# session contains. BACKSTEP is the program, SOURCE the source folder.
source "$SOURCE/tests/scripts/common.bash"

kept() {  # FILE...: these must still have their old content
  local file
  for file in "$@"; do
    [[ $(cat "$file") == "the old $file" ]] || fail "$file is lost: $(head -c 100 "$file")"
  done
  compgen -G '*.new*' >leftover && fail "left over: $(cat leftover)"
}

cp "$SOURCE/assets/examples/two_inputs.py" net.py
printf 'a,b,y\n1,2,p\n3,4,q\n5,6,p\n2,2,q\n' >data.csv
printf '{"backstep": 1, "network": {"layers": [2]}, "data": {"csv": "data.csv", "target": "y"}}' \
  >session.json
cp data.csv data.before
outputs=(old.json old.csv old.png old.svg old.gif old.py old.md)
for file in "${outputs[@]}"; do echo "the old $file" >"$file"; done

# ---- a disk that is full --------------------------------------------------------

# A limit on the size of files has the effect of a full disk.
full_disk() {  # TEXT ARGUMENT...
  (
    trap '' XFSZ
    ulimit -f 1
    mistake "$@"
    exit $((failures > 0))
  ) || fail "on a full disk: backstep ${*:2}"
}
printf 'x = input([[1.0, 2.0]])\nW = param(2, 200)\nL = mean(tanh(x @ W))\n' >wide.py
full_disk "old.json: not everything" run wide.py --json old.json
full_disk "old.csv: not everything could be written" run net.py --epochs 100 --csv old.csv
full_disk "old.png: not everything could be written" render net.py --out old.png
full_disk "old.svg: not everything could be written" render net.py --out old.svg
full_disk "old.gif: not everything could be written" render net.py --size 320x240 --step 1 --out old.gif
full_disk "old.py: not everything could be written" export net.py --out old.py
full_disk "old.md: not everything could be written" export net.py --out old.md
kept "${outputs[@]}"

# ---- a run that is interrupted --------------------------------------------------

for signal in INT TERM HUP; do
  "$BACKSTEP" run net.py --epochs 1000000000 --csv old.csv --json old.json >out 2>err &
  run=$!
  for _ in {1..200}; do
    compgen -G 'old.csv.new*' >leftover && break
    sleep 0.05
  done
  [[ -s leftover ]] || fail "nothing is written while it runs"
  kill -"$signal" $run
  wait $run 2>/dev/null
  kept "${outputs[@]}"
done

# ---- what is read is not written over -------------------------------------------

ln -s data.csv link.csv
lost="this file is read here and would be lost"
mistake "$lost" run data.csv --csv data.csv
mistake "$lost" run data.csv --json ./data.csv
mistake "$lost" run data.csv --csv link.csv
mistake "$lost" run session.json --csv data.csv
mistake "$lost" run session.json --json session.json
mistake "$lost" export session.json --out data.csv
mistake "$lost" export net.py --out net.py
cmp -s net.py "$SOURCE/assets/examples/two_inputs.py" || fail "net.py is lost"
cmp -s data.csv data.before || fail "data.csv is lost"
mistake "cannot both write" run net.py --csv both.csv --json ./both.csv

# ---- pictures have the form that was asked for ----------------------------------

mistake "a .svg holds the graph alone" render session.json --mode train --out new.svg
mistake "a .svg holds the graph alone" render session.json --mode compare --out new.svg
[[ ! -e new.svg ]] || fail "a picture nobody asked for"
mistake "--check goes with --mode step" render session.json --mode train --check --out new.png
mistake "--select goes with --mode step" render session.json --mode train --select W1 --out new.png
mistake "--precision does not go with it" \
  render --lesson by-hand --lesson-step 2 --precision float16 --out new.png
"$BACKSTEP" render net.py --size 800x600 --select "W1[1,0]" --check --out sized.svg || fail "sized.svg"
grep -q 'width="800"' sized.svg || fail "a size that is given is not taken"
"$BACKSTEP" render net.py --out plain.svg || fail "plain.svg"
cmp -s plain.svg sized.svg && fail "marks and the selection are not drawn"
{ echo 'x0 = input([[0.5]])'
  for i in {1..300}; do echo "x$i = tanh(x$((i - 1)))"; done; } >chain.py
"$BACKSTEP" render chain.py --out chain.svg || fail "chain.svg"
(($(wc -c <chain.svg) < 4000 * 300)) || fail "300 ops make $(wc -c <chain.svg) bytes"

# ---- a lesson's precision ---------------------------------------------------------

cat >01-rounded.md <<'LESSON'
# Rounded

One step.

```python
x = input([[0.1]])
L = sum(x * x)
```

## Rounded

```step
precision: float16
```

In float16.
LESSON
"$BACKSTEP" run 01-rounded.md --lesson-step 1 >rounded || fail "the lesson is not run"
"$BACKSTEP" run 01-rounded.md --lesson-step 1 --precision float64 >exact
cmp -s rounded exact && fail "the precision that the lesson sets is not taken"

# ---- sessions that contain foreign code -------------------------------------------

# Parses a script and reports any code that an export does not write.
cat >foreign.py <<'PYTHON'
import ast
import sys

tree = ast.parse(open(sys.argv[1], "rb").read())
own = {"json", "sys", "math", "torch", "torch.nn", "ast", "inspect"}
for node in ast.walk(tree):
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    names += [node.module] if isinstance(node, ast.ImportFrom) else []
    if set(names) - own or isinstance(node, ast.Name) and node.id in ("os", "eval"):
        sys.exit(f"line {node.lineno}: foreign code")
PYTHON
hostile() {  # NAME JSON: must be refused in one line, or exported without its code
  printf '%s' "$2" >"$1.json"
  rm -f hostile.py
  "$BACKSTEP" export "$1.json" --out hostile.py >out 2>err
  case $? in
    0) python3 foreign.py hostile.py 2>err || fail "$1: $(cat err)" ;;
    2) [[ $(wc -l <err) == 1 ]] || fail "$1: $(cat err)" ;;
    *) fail "$1: neither exported nor refused" ;;
  esac
}
net='x = input([[1.0]])\nw = param([[2.0]])\nL = half_mse(x @ w, input([[0]]))\n'
named='L = mean(input('"'"'x\": [[1]]}; import os; y = {\"z'"'"') * param([[1.0]]))\n'
hostile return '{"backstep": 1, "program": "# nice\r    import os; os.system(\"x\")\n'"$net"'"}'
hostile return_in_quotes '{"backstep": 1, "program": "layer(\"a\r    import os\")\n'"$net"'"}'
hostile cookie '{"backstep": 1, "title": "coding: raw_unicode_escape",
  "program": "# \\u000a    import os; os.system(1) #\n'"$net"'"}'
hostile encoding '{"backstep": 1, "title": "Label encoding: one-hot", "program": "'"$net"'"}'
hostile title '{"backstep": 1, "title": "a\nimport os", "program": "'"$net"'"}'
hostile separator '{"backstep": 1, "title": "a\u2028import os\u0085import os", "program": "'"$net"'"}'
hostile name '{"backstep": 1, "program": "'"$named"'",
  "data": {"train": {"x\": [[1]]}; import os; y = {\"z": [[1]]}}}'
[[ -s hostile.py ]] || fail "data with quotes in its name is not exported: $(cat err)"

# ---- a run that diverged ------------------------------------------------------------

printf 'x = input([[nan, inf, -inf, 1.0]])\nL = sum(x * param([[1.0, 0, 2, 3]]))\n' >infinite.py
"$BACKSTEP" run infinite.py >out || fail "a number that is not finite cannot be read"
grep -q 'loss  *nan' out || fail "nan in a matrix is lost"

report "Nothing is lost, and nothing foreign is run."
