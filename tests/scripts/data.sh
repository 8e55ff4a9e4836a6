#!/usr/bin/env bash
# A run says what it learns from: the file, the columns, the rows and everything that
# is left out, in text and as JSON. BACKSTEP is the program, SOURCE the source folder.
source "$SOURCE/tests/scripts/common.bash"

{
  echo ";Fläche;Farbe;Preis;"
  for i in 1 2 3 4 5 6 7 8 9; do echo "$i;5$i,5;rot;10$i.000;"; done
  echo "10;NA;rot;100.000;"
  echo ";;;;"
} >häuser.csv
expect 0 run häuser.csv --epochs 2
has out "data            häuser.csv, 10 rows: 5 to train on, 4 to test with" \
  "inputs          Fläche" "target          Preis, numbers from 101000 to 109000" \
  "left out        1 row: a cell is missing: Fläche 1; the first in line 11" \
  "column 1: the rows' names" "Farbe: the same text in every row" \
  "read            semicolons separate the columns" "decimals have commas: Fläche, Preis" \
  "thousands have marks between them: Preis"
expect 0 run häuser.csv --epochs 2 --json -
python3 - out <<'CHECK' || fail "the JSON does not say what was read"
import json, sys
data = json.load(open(sys.argv[1]))["data"]
assert data["csv"] == "häuser.csv" and data["rows"] == 10 and data["rows_left_out"] == 1, data
assert data["inputs"] == ["Fläche"] and data["target"] == "Preis", data
assert data["targets"] == "numbers" and data["train"] == 5 and data["test"] == 4, data
assert data["columns_left_out"]["column 1"] == "the rows' names", data
CHECK
[[ $(head -c 1 out) == "{" ]] || fail "--json - writes something before the JSON"
expect 0 run häuser.csv --epochs 2 --csv -
[[ $(head -n 1 out) == "epoch,train_loss,test_loss,"* && $(wc -l <out) == 4 ]] ||
  fail "--csv - writes something else too"

# The file types of the UCI repository are read too.
printf '5.1,3.5,low\n6.4,2.4,high\n4.8,2.9,low\n8.1,2.1,high\n' >iris.data
cp iris.data IRIS.CSV
cp iris.data iris.txt
for file in iris.data IRIS.CSV iris.txt; do
  expect 0 run "$file" --epochs 1
  has out "4 rows: 2 to train on" "column 3, 2 classes: high, low" "there is no header"
done

# A program that does not read its data is reported as such.
printf '{"backstep": 1, "program": "w = param(2)\\nL = w * w", "data": {"csv": "iris.data"}}' >s.json
expect 0 run s.json --epochs 1
has out 'data            iris.data is not read: the program has no input("x")'

expect 2 run "$SOURCE/tests/app/data_files/ragged.csv"
[[ ! -s out && $(wc -l <err) == 1 ]] || fail "a mistake is not one line on standard error"
# A faulty file is reported in one line even where no window can be opened; a library that
# looks for a display may add a line of its own.
expect 2 "$SOURCE/tests/app/data_files/ragged.csv"
[[ $(grep -c "^backstep: " err) == 1 ]] && grep -qF "line 3: 2 cells" err ||
  fail "without a display: $(cat err)"

report "What is read is said."
