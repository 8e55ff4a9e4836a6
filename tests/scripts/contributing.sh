#!/usr/bin/env bash
# Checks CONTRIBUTING.md: its program compiles with the engine alone and prints what
# is shown, its commands are valid, and the files and folders it names exist.
# SOURCE is the source folder.
set -euo pipefail

page=$SOURCE/CONTRIBUTING.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "CONTRIBUTING.md: $*" >&2
  exit 1
}
block() {  # LANGUAGE: the lines of the first block of that language
  awk -v fence="\`\`\`$1" '!done && $0 == fence { inside = 1; next } /^```/ { if (inside) done = 1; inside = 0 } inside' "$page"
}

block cpp >"$work/example.cpp"
(($(wc -l <"$work/example.cpp") <= 40)) || fail "the example has more than 40 lines"
read -ra eigen < <(pkg-config --cflags eigen3)
"${CXX:-c++}" -std=c++20 -O0 -I "$SOURCE" "${eigen[@]}" "$work/example.cpp" "$SOURCE"/core/engine/*.cpp \
  -o "$work/example" 2>"$work/errors" || fail "the example does not compile: $(head -5 "$work/errors")"
"$work/example" >"$work/printed"
block text >"$work/shown"
[[ -s $work/shown ]] || fail "nothing is shown of what the example prints"
diff "$work/shown" "$work/printed" >&2 || fail "the example prints something else"

# Every command must use an existing preset, a test program that is built, or a script.
commands=0
while IFS= read -r line; do
  read -ra word <<<"$line"
  case $line in
    cmake\ --preset\ * | cmake\ --build\ --preset\ * | ctest\ --preset\ *)
      preset=$(sed -E 's/.*--preset ([a-z]+).*/\1/' <<<"$line")
      grep -qF "\"name\": \"$preset\"" "$SOURCE/CMakePresets.json" || fail "there is no preset $preset" ;;
    build/dev/bin/*) grep -qE "unit_tests\($(basename "${word[0]}") " "$SOURCE/CMakeLists.txt" || fail "${word[0]} is not built" ;;
    cp\ tests/out/*) [[ -e $SOURCE/${word[2]} ]] || fail "${word[2]} is not there" ;;
    tests/*) [[ -x $SOURCE/${word[0]} ]] || fail "${word[0]} is not there" ;;
    *) fail "'$line' is not known to this test" ;;
  esac
  ((commands += 1))
done < <(awk '$0 == "```sh" { inside = 1; next } /^```/ { inside = 0 } inside && NF' "$page")
((commands >= 5)) || fail "only $commands commands were found"

# Whatever looks like a path of the project must exist.
paths=0
while IFS= read -r path; do
  compgen -G "$SOURCE/$path" >/dev/null || fail "$path is not there"
  ((paths += 1))
done < <(grep -oE '`(core|app|shaders|assets|tests)/[^` ]*`' "$page" | tr -d '`' | grep -v '^tests/out' | sort -u)
((paths >= 10)) || fail "only $paths paths were found"
echo "CONTRIBUTING.md holds: $commands commands, $paths paths"
