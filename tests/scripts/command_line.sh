#!/usr/bin/env bash
# The commands without a window, as a user types them: what they print and write,
# and how they report mistakes. BACKSTEP is the program, SOURCE the source folder.
source "$SOURCE/tests/scripts/common.bash"
examples=$SOURCE/assets/examples

near() {  # WHAT NUMBER WANTED TOLERANCE (relative)
  awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { d = a - b; if (d < 0) d = -d;
    m = b < 0 ? -b : b; exit !(a != "" && d <= t * m) }' || fail "$1 is '$2', not $3"
}

field() {  # FILE NAME: a number at the top level of a JSON file
  sed -n "s/^  \"$2\": \\(.*[^,]\\),\\{0,1\\}\$/\\1/p" "$1"
}

numbers() {  # FILE SECTION NAME: the entries of a small matrix, a line each
  sed -n "/^  \"$2\": {/,/^  }/p" "$1" | sed -n "s/^    \"$3\": //p" | grep -oE '[-0-9.e+]*[0-9]'
}

# ---- help -------------------------------------------------------------------------

expect 0 --version
has out "backstep 1."
expect 0 --help
has out run check render "Exit code"
for command in run check render; do
  expect 0 "$command" --help
  has out FILE
  [[ ! -s err ]] || fail "$command --help writes to standard error"
done

# ---- run --json -------------------------------------------------------------------

expect 0 run "$examples/two_inputs.py" --epochs 0 --json one.json
[[ ! -s out && ! -s err ]] || fail "run --json prints something"
mapfile -t gradient < <(numbers one.json gradients W1)
near "∂L/∂W1[0]" "${gradient[0]:-}" -0.007012637766587325 1e-12
near "∂L/∂W1[1]" "${gradient[1]:-}" -0.011220220426539721 1e-12
near "the loss" "$(field one.json loss)" 0.05380158929464125 1e-12
[[ $(field one.json epoch) == 0 && $(field one.json test_loss) == null ]] || fail "wrong fields"
[[ $(field one.json train_loss) == "$(field one.json loss)" ]] || fail "train_loss is not the loss"
fields=$(grep -oE '^  "[a-z_]+"' one.json | tr -d ' "\n')
[[ $fields == lossepochvaluesgradientsparameterstrain_losstest_lossdata ]] || fail "fields: $fields"

expect 0 run "$examples/two_inputs.py" --epochs 0 --json -
cmp -s out one.json || fail "--json - is not what --json FILE writes"

expect 0 run "$examples/two_inputs.py" --epochs 1 --learning-rate 0.5 --json after.json
near "W2 after an update" "$(numbers after.json parameters W2)" 0.9247894584026476 1e-12

expect 0 run "$examples/xor.py" --epochs 5000 --learning-rate 2 --json xor.json
near "XOR's loss" "$(field xor.json loss)" 0.00033083505058616766 1e-9
[[ $(field xor.json epoch) == 5000 ]] || fail "XOR ran for $(field xor.json epoch) epochs"

# A node's second name is listed too, and so is a node that no gradient reaches.
printf 'x = input([[1, 2]])\nw = param(2, 1, init="ones")\nq = x * 3\np = x @ w\ns = p\nL = s**2\n' >names.py
expect 0 run names.py --json names.json
has names.json '"s": [[3]]' '"s": [[6]]' '"q": [[3, 6]]' '"q": [[0, 0]]' '"x": [[6, 6]]'

printf 'w = param([[-1.0, 0.0]])\nL = sum(log(w))\n' >nan.py
expect 0 run nan.py --json nan.json
has nan.json '"loss": "nan"' '"w": [[-1, "inf"]]' '"w": [[-1, 0]]'

# ---- run --csv --------------------------------------------------------------------

expect 0 run "$examples/xor.py" --epochs 10 --learning-rate 2 --csv xor.csv
[[ $(head -n 1 xor.csv) == "epoch,train_loss,test_loss,grad_norm:hidden,grad_norm:output" ]] ||
  fail "header: $(head -n 1 xor.csv)"
[[ $(wc -l <xor.csv) == 12 ]] || fail "$(wc -l <xor.csv) lines, not a header and 11 rows"
near "the first loss" "$(awk -F, '$1 == 0 { print $2 }' xor.csv)" 0.12638968195548517 1e-12
near "loss after 1" "$(awk -F, '$1 == 1 { print $2 }' xor.csv)" 0.12569559989955348 1e-12
near "loss after 10" "$(awk -F, '$1 == 10 { print $2 }' xor.csv)" 0.12495298208141267 1e-12
[[ $(awk -F, '$1 == 0 { print $4, $5 }' xor.csv) == $(awk -F, '$1 == 1 { print $4, $5 }' xor.csv) ]] ||
  fail "epoch 1 does not begin with the gradients that epoch 0 found"
expect 0 run "$examples/xor.py" --epochs 10 --learning-rate 2 --csv -
cmp -s out xor.csv || fail "--csv - is not what --csv FILE writes"

expect 0 run "$examples/one_weight.py" --csv -
has out "grad_norm:parameters" "0,9,,12"

printf 'layer("a, \x27b\x27")\nw = param(2)\nL = w * w\n' >comma.py
expect 0 run comma.py --csv -
has out "\"grad_norm:a, 'b'\""

# ---- sessions ---------------------------------------------------------------------

cat >split.json <<'END'
{"backstep": 1, "program": "x = input(\"x\")\ny = target(\"y\")\nw = param(0.5)\nL = half_mse(x @ w, y)",
 "parameters": {"w": [[0.25]]}, "training": {"optimizer": "sgd", "learning_rate": 0.5},
 "data": {"train": {"x": [[1], [2]], "y": [[1], [2]]}, "test": {"x": [[4]], "y": [[4]]}}}
END
expect 0 run split.json --json split.out
near "the loss of a session" "$(field split.out loss)" 0.703125 1e-15
near "its test loss" "$(field split.out test_loss)" 4.5 1e-15
expect 0 run split.json --epochs 1 --csv -
has out "0,0.703125,4.5,1.875" "1,0.0439453125,0.28125,1.875"

# Parameters written by one run start another one exactly there.
expect 0 run "$examples/xor.py" --epochs 1000 --learning-rate 2 --json half.json
{
  printf '{"backstep": 1, "program": "'
  sed 's/"/\\"/g' "$examples/xor.py" | awk '{ printf "%s\\n", $0 }'
  printf '", "parameters": '
  sed -n '/^  "parameters": {/,/^  }/p' half.json | sed '1s/.*/{/; s/^  },/}/'
  printf ', "training": {"learning_rate": 2}}'
} >resumed.json
expect 0 run resumed.json --epochs 1000 --json resumed.out
expect 0 run "$examples/xor.py" --epochs 2000 --learning-rate 2 --json straight.out
[[ $(field resumed.out loss) == "$(field straight.out loss)" ]] || fail "resuming loses bits"

mkdir "a folder"
cp split.json "a folder/my session.json"
expect 0 run "a folder/my session.json" --json "a folder/its result.json"
[[ -s "a folder/its result.json" ]] || fail "a path with spaces is not written"

# ---- networks, in batches -----------------------------------------------------------

expect 0 run "$examples/circle.json" --epochs 20 --json circle.out
fields=$(grep -oE '^  "[a-z_]+"' circle.out | tr -d ' "\n')
[[ $fields == lossepochvaluesgradientsparameterstrain_losstest_lossdata ]] || fail "fields: $fields"
[[ $(field circle.out epoch) == 20 ]] || fail "the circle ran for $(field circle.out epoch) epochs"
[[ $(numbers circle.out parameters b2 | wc -l) == 2 ]] || fail "b2 of the circle is not 1×2"
[[ $(field circle.out test_loss) =~ ^0\. ]] || fail "the circle has no test loss"

expect 0 run "$examples/circle.json" --epochs 20 --csv circle.csv
[[ $(head -n 1 circle.csv) == "epoch,train_loss,test_loss,grad_norm:layer 1,grad_norm:layer 2,grad_norm:layer 3" ]] ||
  fail "header: $(head -n 1 circle.csv)"
[[ $(cut -d, -f 1 circle.csv | tail -n +2 | tr '\n' ' ') == "$(seq -s ' ' 0 20) " ]] || fail "epochs of the circle"
awk -F, 'NF != 6 || /,,/ { exit 1 }' circle.csv || fail "a row of the circle has not six cells"
near "the last loss of the circle" "$(tail -n 1 circle.csv | cut -d, -f 2)" "$(field circle.out train_loss)" 1e-12
near "its test loss" "$(tail -n 1 circle.csv | cut -d, -f 3)" "$(field circle.out test_loss)" 1e-12
expect 0 run "$examples/circle.json" --epochs 20 --csv -
cmp -s out circle.csv || fail "the circle trains otherwise the second time"

# The doctor's finding about the deep circle is right, and its remedies help.
learns() {  # FILE LIMIT: trains to a loss below the limit
  expect 0 run "$1" --epochs 300
  awk -v limit="$2" '$1 == "loss" { found = $2 < limit } END { exit !found }' out ||
    fail "$1: $(grep '^loss' out), not below $2"
}
python3 "$SOURCE/tests/scripts/playground_sessions.py" "$SOURCE/tests/golden/playground" ||
  fail "the sessions of the deep circle could not be written"
expect 0 run sigmoid.json --epochs 300
has out "gradients vanish: The neurons of layer 1 receive" "try: Replay with batch norm" \
  "try: Replay with skip connections" "try: Replay with weights × 4" "try: Replay with tanh" \
  "try: Replay with ReLU"
near "sigmoid's loss" "$(awk '$1 == "loss" { print $2 }' out)" "$(tail -n 1 "$SOURCE/tests/golden/playground/deep_sigmoid_loss.csv" | cut -d, -f 2)" 1e-9
for activation in tanh relu; do
  learns "$activation.json" 0.001
  has out "  healthy" "Layer 1 to layer 7 within a factor of"
done
learns batch_norm.json 0.1
learns skip_connections.json 0.01
learns weights_times_four.json 0.01

# ---- data alone -----------------------------------------------------------------------

{
  echo "height,weight,kind"
  for i in 1 2 3 4 5 6 7 8 9 10; do
    echo "$i,$((i + 1)),small"
    echo "$((i + 20)),$((i + 21)),large"
  done
} >animals.csv
learns animals.csv 0.05
has out "animals" "learning rate   0.03" "test loss" "healthy"
expect 0 run animals.csv --epochs 2 --csv -
has out "epoch,train_loss,test_loss,grad_norm:layer 1,"

cat >"a folder/animals.json" <<'END'
{"backstep": 1, "network": {"layers": [3]},
 "data": {"csv": "animals.csv", "inputs": ["weight"], "target": "kind", "standardise": true}}
END
cp animals.csv "a folder"
expect 0 run "a folder/animals.json" --epochs 5
has out "1×3" "test loss"

# ---- render -----------------------------------------------------------------------------

for mode in train compare; do
  for picture in first second; do
    expect 0 render "$examples/vanishing.json" --mode "$mode" --epochs 5 --size 640x480 --out "$picture.png"
  done
  [[ $(head -c 4 first.png | tail -c 3) == PNG ]] || fail "--mode $mode writes no PNG"
  cmp -s first.png second.png || fail "--mode $mode draws another picture the second time"
  cp first.png "$mode.png"
done
expect 0 render "$examples/circle.json" --out graph.svg
has graph.svg "<svg"
cmp -s train.png compare.png && fail "--mode train and --mode compare draw the same"

# A sentence says that OpenGL's library is missing; ImGui adds a line of its own.
mkdir broken && : >broken/libGL.so.1 && : >broken/libGL.so
LD_LIBRARY_PATH=$PWD/broken expect 2 render "$examples/two_inputs.py" --out missing.png
has err "backstep: Pictures cannot be drawn here: OpenGL cannot be loaded; libgl1 has it."
[[ ! -e missing.png ]] || fail "a picture without OpenGL"

# ---- the summary, and check -----------------------------------------------------------

expect 0 run "$examples/two_inputs.py"
has out "loss" "0.05380158929464125" "gradient norms" "hidden" "W2" "0.900000"

for program in "$examples"/*.py; do
  expect 0 check "$program"
done
expect 0 check "$examples/two_inputs.py"
has out "W1        2×1" "agrees" "largest relative error"
printf 'w = param([[0.0, 1.0]])\nL = sum(relu(w))\n' >kink.py
expect 0 check kink.py
has out "1 kink" "w[0, 0]"
expect 1 check nan.py
has out "the loss is not a number" "so there is nothing to compare"
cat >salary.py <<'PROGRAM'
x = input([[52000.0, 34.0], [61000.0, 45.0]])
W = param([[0.00001], [0.01]])
L = bce(sigmoid(x @ W), target([[0.0], [1.0]]))
PROGRAM
expect 0 check salary.py
has out "The gradients agree with finite differences."
[[ $(cat out) != *kink* ]] || fail "a kink in what is smooth: $(cat out)"
printf 'w = param([[0.0, 2.0]])\nL = sum(w ** 1.5)\n' >edge.py
expect 0 check edge.py
has out "agrees but for 1 that cannot be nudged" "[0, 0]: cannot be nudged here: next to it the loss" \
  "agree with finite differences but for 1 entry where there is nothing to compare."
printf 'a = param([[-2.0]])\nb = param([[-3.0]])\nL = a ** b\n' >power.py
expect 0 check power.py
has out "b[0, 0]: no number: the chain rule gives none"
[[ $(cat out) != *differ[!e]* ]] || fail "nothing differs: $(cat out)"
echo '{"backstep": 1, "program": "w = param(1.0)\nL = sigmoid(w)\n", "parameters": {"w": [["inf"]]}}' >infinite.json
expect 0 check infinite.json
has out "cannot be nudged here" "not a finite number itself" "so nothing is compared"
expect 0 export infinite.json --out infinite.md
has infinite.md "| w | 1×1 | – | cannot be nudged here |"
expect 0 render infinite.json --select w --step 1 --out infinite.png

# ---- mistakes -------------------------------------------------------------------------

mistake "none.py: there is no such file" run none.py
mistake "none.py: there is no such file" check none.py
mistake "none.py: there is no such file" none.py
mistake "did you mean 'check'?" chek
mistake "neither a file nor a command" frobnicate names.py
mistake "this is a folder" run "a folder"
mistake "FILE is required" run
mistake "'--fast' is not expected" run names.py --fast
mistake "'more' is not expected" run names.py more
mistake "not '-3'" run names.py --epochs -3
mistake "not 'many'" run names.py --epochs many
mistake "not 'nan'" run names.py --learning-rate nan
mistake "--json is not followed by a value" run names.py --json
mistake "cannot both write to -" run names.py --json - --csv -
mistake "no/out.json: cannot be written" run names.py --json no/out.json
[[ ! -w /dev/full ]] || mistake "is the disk full?" run names.py --csv /dev/full
if [[ -w /dev/full ]]; then
  "$BACKSTEP" check names.py >/dev/full 2>err && fail "check says nothing of a full disk"
  has err "standard output"
fi
mistake "--out is required" render names.py
mistake "ends in .png, .svg or .gif" render names.py --out picture.bmp
mistake "not '10x10'" render names.py --out p.png --size 10x10
mistake "not '1600'" render names.py --out p.png --size 1600
mistake "--mode takes step" render names.py --out p.png --mode fly
mistake "--theme takes dark or light" render names.py --out p.png --theme pink
mistake "not '0'" render names.py --out p.png --scale 0
mistake "a .gif goes through a pass step by step" render "$examples/circle.json" --mode train --out p.gif
mistake "a .gif goes through a pass step by step" render "$examples/vanishing.json" --mode compare --out p.gif
mistake "--step goes with --mode step" render "$examples/circle.json" --mode train --step 3 --out p.png
mistake "--step goes with --mode step" render "$examples/circle.json" --step 3 --out p.png
[[ ! -e p.gif ]] || fail "a mistake in the mode left a picture"
[[ ! -e p.png ]] || fail "a mistake in an option left a picture"

printf 'x = input([[1.0, 2.0]])\ny = x @ z\n' >mistake.py
mistake "backstep: mistake.py: line 2, column 9: 'z' is not known" run mistake.py
mistake "backstep: mistake.py: line 2, column 9: 'z' is not known" check mistake.py
printf '{"backstep": 1, "program": "a = "}' >mistake.json
mistake "backstep: mistake.json: program: line 1, column 5: " run mistake.json
printf '{"backstep": 1,\n "program": }' >broken.json
mistake "backstep: broken.json: line 2, column 13: this is not JSON" run broken.json
printf 'height,kind\n1,small\nhigh,large\n2,small\n' >wrong.csv
mistake "wrong.csv: line 3, column 1 (height): 'high' is not a number" run wrong.csv
printf 'height,kind\n1,small\n2\n' >ragged.csv
mistake "ragged.csv: line 3: 1 cell, but there are 2 columns" run ragged.csv
: >empty.csv
mistake "empty.csv: " run empty.csv
head -c 100000 /dev/urandom >noise.csv
mistake "noise.csv: " run noise.csv
sed 's/animals.csv/animal.csv/' "a folder/animals.json" >lost.json
mistake "animal.csv: there is no such file" run lost.json
sed 's/"weight"/"wieght"/' "a folder/animals.json" >"a folder/column.json"
mistake "there is no column 'wieght'; did you mean 'weight'?" run "a folder/column.json"
sed 's/"circle"/"cirkle"/' "$examples/circle.json" >set.json
mistake "set.json: data.set: 'cirkle' is not known; did you mean 'circle'?" run set.json
: >empty.py
mistake "empty.py: line 1, column 1: the program is empty" run empty.py
head -c 1000000 /dev/urandom >noise.py
mistake "noise.py: line " run noise.py

report "The command line does what it says."
