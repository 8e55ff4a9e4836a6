#!/usr/bin/env bash
# `backstep export` as a user types it: the PyTorch scripts of every example, every
# lesson and a program of all ops give the values and gradients of `backstep run`,
# and train as it does. BACKSTEP is the program, SOURCE the source folder.
# Without PyTorch (python3-torch) the test is skipped.
python=/usr/bin/python3
if ! "$python" -c "import torch" 2>/dev/null; then
  echo "python3-torch is not installed: skipped"
  exit 77
fi

source "$SOURCE/tests/scripts/common.bash"

export_values() {  # NAME EPOCHS FILE [OPTION...]: the script, and what it should print
  "$BACKSTEP" export "${@:3}" --epochs "$2" --out "$1.py" || fail "export ${*:3}"
  "$BACKSTEP" run "${@:3}" --epochs "$2" --json "$1.json" || fail "run ${*:3}"
}

export_training() {  # NAME EPOCHS FILE: how the script should train
  "$BACKSTEP" export "$3" --out "$1.py" || fail "export $3"
  "$BACKSTEP" run "$3" --epochs "$2" --csv "$1.csv" || fail "run $3"
}

mkdir values training
for file in "$SOURCE"/assets/examples/*.{py,json}; do
  [[ $file == */examples.json ]] || export_values "values/$(basename "${file%.*}")" 0 "$file"
done
# The steps of a lesson that have a program or a network of their own, and the last one, but
# none with a hidden bug, which scripts do not contain.
steps_of() {  # LESSON
  awk '/^## / { n += 1 } /^```(python|json)$/ { own[n ? n : 1] } /^bug: / { own[n]; if ($2 != "none") bug[n] }
       END { own[n]; for (step in own) if (!(step in bug)) print step }' "$1"
}
for file in "$SOURCE"/assets/lessons/[0-9]*.md; do
  for step in $(steps_of "$file"); do
    export_values "values/$(basename "$file" .md)-$step" 0 "$file" --lesson-step "$step"
  done
done
export_values values/trained_xor 20 "$SOURCE/assets/examples/xor.py"

# ---- every op -----------------------------------------------------------------------

cat >all_ops.py <<'END'
x = input("x")  # 6×4, with numbers above and below zero
y = target("y")  # 6×1, zeros and ones
W = param(4, 3, init="normal", seed=3)
b = param(1, 3, init="uniform", seed=4, scale=0.5)
two = 2
layer("activations")
z = x @ W + b
a1 = tanh(z)
a2 = sigmoid(z) - relu(z)
a3 = leaky_relu(z, 0.2) * elu(z, alpha=0.7)
a4 = softplus(z * 30) / (two + gelu(z)**two)
a5 = silu(-z) + abs(z)
a6 = gelu(z, approximate="tanh") + gelu_tanh(a1) - gelu(a2, approximate="none")
layer("choices")
on = z > 0.1
off = (a1 < a2) + (1 - (z >= 0)) * (a4 <= 1.5) - (a5 != 0) * (b == b)
w1 = where(on, z, a6 * 0.5) + where(off - 1, a5, 2) * (2 > 1)
layer("pieces")
c = concat(a1[:, 0:2], a2[:, -1:])
r = concat(c[:-1], a3[5:6], axis=0) + concat(a4, a5).T[3:, :].T
m = maximum(r, a1) * minimum(a2, 0.1) + clip(a3, -0.3, high=0.4) + w1 * on
layer("norms")
n = batch_norm(m, param(1, 3, init="ones"), param(1, 3, init="zeros"))
o = layer_norm(n, param([[1.0, 0.5, 2.0]]), param([[0.1, 0.2, 0.3]]))
d = dropout(o, p=0.25, seed=9) + dropout(n, 0.5)
layer("losses")
s = softmax(d) + naive_softmax(d * 2)
l = log_softmax(d)
q = sigmoid(sum(d, axis=1) + mean(d, 1, keepdim=True) + 0.1 * sum(w1, axis=1, keepdims=True))
onehot = target([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
L1 = mse(q, y) + half_mse(s, onehot) + mae(l, d) + huber(d, onehot, delta=0.3)
L2 = bce(q, y) + naive_bce(q, y) + bce_with_logits(d, onehot) + cross_entropy(d, onehot)
L3 = sum(exp(-s) * log(s + 1) + sqrt(s + 1), axis=0) @ mean(x.T, axis=1)[1:4] / 7
three = two + 1
L = L1 + L2 + L3 - exp(1) / (three * sum(W**2))
END
session() {  # PROGRAM TRAINING: of a program on six samples to train on and two to test
  printf '{"backstep": 1, "program": "'
  sed 's/"/\\"/g' "$1" | awk '{ printf "%s\\n", $0 }'
  cat <<END
", "training": $2,
 "data": {"train": {"x": [[0.5, -0.2, 0.1, 0.9], [-1.2, 0.3, 0.8, -0.4], [0.7, 1.1, -0.6, 0.2],
                          [-0.3, -0.8, 0.4, 1.5], [1.3, 0.6, -0.9, -0.1], [0.2, -1.4, 1.2, 0.3]],
                    "y": [[0], [1], [1], [0], [1], [0]]},
          "test": {"x": [[0.1, 0.2, -0.3, 0.4], [-0.5, 0.6, 0.7, -0.8]], "y": [[1], [0]]}}}
END
}
session all_ops.py '{}' | sed 's/^ *"test": .*/}}/; s/\[0\]\]},$/[0]]}/' >all_ops.json
export_values values/all_ops 0 all_ops.json
export_values values/all_ops_trained 3 all_ops.json

# ---- training ------------------------------------------------------------------------

cat >small.py <<'END'
x = input("x")
y = target("y")
h = tanh(batch_norm(x @ param(4, 5, seed=1), param(1, 5, init="ones"), param(1, 5, init="zeros")))
p = sigmoid(h @ param(5, 1, seed=2) + param(1, 1, init="zeros"))
unused = param(2.0)
L = bce(p, y)
END
trainings=(
  '{"optimizer": "sgd", "learning_rate": 0.5}'
  '{"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 2, "weight_decay": 0.01}'
  '{"optimizer": "nesterov", "learning_rate": 0.1, "momentum": 0.8, "batch_size": 4, "clip_norm": 0.2}'
  '{"optimizer": "rmsprop", "learning_rate": 0.01, "batch_size": 3, "accumulate": 3}'
  '{"optimizer": "adagrad", "learning_rate": 0.1, "l1": 0.01, "clip_value": 0.05}'
  '{"optimizer": "adam", "learning_rate": 0.05, "batch_size": 3, "weight_decay": 0.1}'
  '{"optimizer": "adamw", "learning_rate": 0.05, "weight_decay": 0.1}'
  '{"optimizer": "sgd", "learning_rate": 0.05, "zero_gradients": false, "clip_norm": 0.5, "accumulate": 2}'
  '{"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 4, "shuffle": true, "seed": 12345678901}'
  '{"optimizer": "adam", "learning_rate": 0.05, "batch_size": 4, "shuffle": true, "drop_last": true}'
  '{"optimizer": "sgd", "learning_rate": 0.2, "batch_size": 5, "accumulate": 3, "shuffle": true}'
  '{"optimizer": "sgd", "learning_rate": 0.2, "weight_decay": 0.1, "l1": 0.02, "weights_only": true}'
  '{"optimizer": "adamw", "learning_rate": 0.05, "weight_decay": 0.3, "weights_only": true, "batch_size": 4}'
  '{"optimizer": "sgd", "learning_rate": 0.3, "l1": 0.2, "l1_stops_at_zero": true, "batch_size": 4}'
  '{"optimizer": "adam", "learning_rate": 0.05, "l1": 0.5, "l1_stops_at_zero": true, "weights_only": true}'
  '{"optimizer": "sgd", "learning_rate": 0.05, "l1": 0.2, "l1_stops_at_zero": true, "zero_gradients": false}'
)
for i in "${!trainings[@]}"; do
  session small.py "${trainings[i]}" >"small$i.json"
  export_training "training/small$i" 12 "small$i.json"
done
export_training training/xor 12 "$SOURCE/assets/examples/xor.py"
export_training training/vanishing 3 "$SOURCE/assets/examples/vanishing.json"
export_training training/circle 3 "$SOURCE/assets/examples/circle.json"

"$python" "$SOURCE/tests/scripts/compare_exports.py" values training || ((failures += 1))

# ---- the other endings, and mistakes ---------------------------------------------------

"$BACKSTEP" export "$SOURCE/assets/examples/xor.py" --epochs 5 --out xor.csv
"$BACKSTEP" run "$SOURCE/assets/examples/xor.py" --epochs 5 --csv wanted.csv
cmp -s xor.csv wanted.csv || fail "the metrics are not those of run --csv"
"$BACKSTEP" export "$SOURCE/assets/examples/two_inputs.py" --out two.md
for text in "# two_inputs: one pass" "p = 1 / (1 + exp(−z₂))" "= −0.0651 · 0.2155" "| agrees |" \
  "W₂ = 0.9 − 0.1·(−0.0496) = 0.9050"; do
  grep -qF -- "$text" two.md || fail "no '$text' in the derivation"
done

mistake "ends in .py (PyTorch), .md (a worked derivation) or .csv (metrics), not 'x.txt'" export \
  small.py --out x.txt
mistake "no/x.py: cannot be written" export "$SOURCE/assets/examples/xor.py" --out no/x.py
mistake "--out is required" export small.py
mistake "there is no such file" export none.py --out x.py
printf 'x = input(3.0)\nL = x + 2 @ x\n' >number.py
mistake "number.py: line 2, column 9: 2 @ x: PyTorch does this with matrices only" export number.py --out x.py
printf 'x = input(3.0)\nL = x + 1 / 0\n' >infinite.py
mistake "infinite.py: line 2, column 9: 1 / 0: Python stops at this number" export infinite.py --out x.py
[[ ! -e x.py ]] || fail "a mistake left a file"

report "What is exported computes what Backstep computes."
