# What the scripts that run the program have in common; they begin with
#
#   source "$SOURCE/tests/scripts/common.bash"
#
# and then stand in an empty folder, without a display, and end with `report`.
# BACKSTEP is the program, SOURCE the folder of the source text.
set -uo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset DISPLAY WAYLAND_DISPLAY
failures=0

fail() {  # MESSAGE
  echo "FAILED: $*"
  ((failures += 1))
}

expect() {  # EXIT-CODE ARGUMENT...: runs backstep; its output goes to out and err
  local wanted=$1 code=0
  shift
  "$BACKSTEP" "$@" >out 2>err || code=$?
  ((code == wanted)) || fail "backstep $*: exit code $code, not $wanted: $(cat err)"
}

# A mistake is one line on standard error, nothing on standard output, code 2.
mistake() {  # TEXT-IN-MESSAGE ARGUMENT...
  local text=$1
  shift
  expect 2 "$@"
  [[ $(wc -l <err) == 1 && $(cat err) == "backstep: "* ]] || fail "$*: not one line: $(cat err)"
  [[ ! -s out ]] || fail "$*: something on standard output"
  grep -qF -- "$text" err || fail "$*: no '$text' in: $(cat err)"
}

has() {  # FILE TEXT...
  local file=$1 text
  shift
  for text in "$@"; do
    grep -qF -- "$text" "$file" || fail "no '$text' in $file: $(head -c 2000 "$file")"
  done
}

report() {  # SENTENCE: what is so when nothing failed; ends the script
  ((failures == 0)) && echo "$*"
  exit $((failures > 0))
}
