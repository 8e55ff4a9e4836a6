# The Debian packages that Backstep is built and tested with, and a function that
# installs those that are missing. app/run and tests/run source this file.

build_packages=(
  g++ cmake ninja-build pkg-config
  libimgui-dev libstb-dev libglfw3-dev libegl-dev libgl-dev libgl1-mesa-dri python3-glad
  libeigen3-dev libfmt-dev libcli11-dev nlohmann-json3-dev libgif-dev libcsv-dev
  fonts-inter fonts-jetbrains-mono fonts-dejavu-core
)
test_packages=(libgtest-dev python3-numpy xvfb xdotool)

# install_missing PACKAGE... writes its messages to standard error only.
install_missing() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    command -v cmake >/dev/null && command -v ninja >/dev/null && return 0
    echo "This is not Debian; please install what these packages hold: $*" >&2
    return 0
  fi
  local installed
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "$@" 2>/dev/null || true) "
  for package in "$@"; do
    [[ $installed == *" installed:$package "* ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    echo "Please install as root: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "Installing ${missing[*]}" >&2
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get -q update &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
           apt-get -q -y --no-install-recommends install "${missing[@]}"; } \
         </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
