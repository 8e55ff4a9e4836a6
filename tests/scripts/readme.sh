#!/usr/bin/env bash
# Runs every command that README.md shows, with the program just built instead of
# app/run, and compares the output where the README shows it.
# BACKSTEP is the program, SOURCE the source folder.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$SOURCE/assets" "$work/assets"
cp "$SOURCE/tests/app/data_files/flowers.csv" "$work"
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
    app/run | tests/run | tests/bench/run | tests/window_bench/run) [[ -x $SOURCE/$line ]] || fail "$line is not there" ;;  # not run here
    app/run\ *)
      eval "\"$BACKSTEP\" ${line#app/run }" >output 2>&1 || fail "'$line' failed: $(cat output)"
      ((count += 1))
      ;;
    *) fail "'$line' is not run by this test" ;;
  esac
done <<<"$commands"
((count >= 4)) || fail "only $count commands were run"

# What is shown must be what is printed, except that decimals may be rounded differently.
same_but_digits() { sed -E 's/[0-9]+\.[0-9]+(e-?[0-9]+)? */# /g'; }
shown() {  # NUMBER: the lines of that ```text block
  awk -v wanted="$1" '/^```text/ { in_block = ++block == wanted; next } /^```/ { in_block = 0 } in_block' "$SOURCE/README.md"
}
holds() {  # NUMBER ARGUMENT...: what backstep prints must start with the block
  local block=$1
  shift
  [[ -n $(shown "$block") ]] || fail "nothing is shown of backstep $*"
  "$BACKSTEP" "$@" >printed
  diff <(shown "$block" | same_but_digits) <(head -n "$(shown "$block" | wc -l)" printed | same_but_digits) >&2 ||
    fail "backstep $* prints something else"
}
holds 1 lessons
holds 2 run assets/examples/vanishing.json --epochs 300
holds 4 check assets/examples/two_inputs.py
while IFS= read -r line; do  # reads the block of the exported derivation
  grep -qF -- "$line" two_inputs.md || fail "the derivation has no '$line'"
done < <(shown 3)
[[ -n $(shown 3) ]] || fail "no derivation is shown"

# Every picture and path that the README points at must exist.
sed 's/`[^`]*`//g' "$SOURCE/README.md" | grep -oE '\]\([^)]+\)' | tr -d '()]' | while read -r path; do
  [[ -e $SOURCE/$path ]] || fail "$path is not there"
done
grep -oE '`(core|app|shaders|assets|tests)/[^` ]*`' "$SOURCE/README.md" | tr -d '`' | while read -r path; do
  [[ -e $SOURCE/$path ]] || fail "$path is not there"
done

# The program and the session shown in it must run.
for language in python json; do
  awk -v fence="^\`\`\`$language" '$0 ~ fence { in_block = 1; next } /^```/ { in_block = 0 } in_block' "$SOURCE/README.md" >"shown.$language"
  "$BACKSTEP" run "shown.$language" --epochs 1 >/dev/null || fail "the $language it shows does not run"
done
echo "README.md holds: $count commands"
