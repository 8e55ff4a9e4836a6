#!/usr/bin/env bash
# Runs every command that README.md shows, with the program just built in the
# place of app/run, and compares the output where the README prints one.
# Needs BACKSTEP, the program, and SOURCE, the source folder.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$SOURCE/assets" "$work/assets"
cd "$work"

fail() {
  echo "README.md: $*" >&2
  exit 1
}

# The lines of all ```sh blocks.
commands=$(awk '/^```/ { in_block = ($0 == "```sh"); next } in_block' "$SOURCE/README.md")
[[ -n $commands ]] || fail "no commands found"

count=0
while IFS= read -r line; do
  case $line in
    app/run | tests/run | tests/bench/run) [[ -x $SOURCE/$line ]] || fail "$line is not there" ;;  # not from here
    app/run\ *)
      eval "\"$BACKSTEP\" ${line#app/run }" >output 2>&1 || fail "'$line' failed: $(cat output)"
      ((count += 1))
      ;;
    *) fail "'$line' is not run by this test" ;;
  esac
done <<<"$commands"
((count >= 4)) || fail "only $count commands were run"

# What `check` prints is shown, but for the last digits of rounding.
same_but_digits() { sed -E 's/[0-9.]+e-[0-9]+ */# /'; }
shown=$(awk '/^```text/ { in_block = 1; next } /^```/ { in_block = 0 } in_block' "$SOURCE/README.md")
[[ $("$BACKSTEP" check assets/examples/two_inputs.py | same_but_digits) == "$(same_but_digits <<<"$shown")" ]] || fail "check prints something else"

# Every picture and path the README points at exists.
grep -oE '\]\([^)]+\)' "$SOURCE/README.md" | tr -d '()]' | while read -r path; do
  [[ -e $SOURCE/$path ]] || fail "$path is not there"
done
grep -oE '^\|.*\|$' "$SOURCE/README.md" | grep -oE '`(core|app|shaders|assets|tests)/[^`]*`' | tr -d '`' | while read -r path; do
  [[ -e $SOURCE/$path ]] || fail "$path is not there"
done

# The program in it is a right one.
awk '/^```python/ { in_block = 1; next } /^```/ { in_block = 0 } in_block' "$SOURCE/README.md" >shown.py
"$BACKSTEP" run shown.py --epochs 0 >/dev/null || fail "the program it shows does not run"
echo "README.md holds: $count commands"
