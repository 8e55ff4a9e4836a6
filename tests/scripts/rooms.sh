#!/usr/bin/env bash
# Checks the folders of the source. CONTRIBUTING.md lists them as rooms, lowest first:
# a file may include files of its own room and of those listed before it. No folder
# has more than 25 sources, each has a README.md that says what it is for, and the
# engine includes nothing else of Backstep.
# SOURCE is the source folder.
set -uo pipefail
exec python3 - "$SOURCE" <<'EOF'
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
most_sources = 25
mistakes = []

text = (source / "CONTRIBUTING.md").read_text()
drawing = re.search(r"^```rooms\n(.*?)^```", text, re.S | re.M)
if not drawing:
    sys.exit("CONTRIBUTING.md has no block of rooms")
rooms = [line.split()[0] for line in drawing[1].splitlines() if line.strip()]
height = {room: place for place, room in enumerate(rooms)}

sources = sorted(path.relative_to(source) for top in ("core", "app")
                 for path in (source / top).rglob("*") if path.suffix in (".cpp", ".h"))
folders = {str(path.parent) for path in sources}
mistakes += [f"{room} is no room of CONTRIBUTING.md" for room in sorted(folders - set(rooms))]
mistakes += [f"CONTRIBUTING.md lists {room}, which holds nothing" for room in rooms if room not in folders]

for folder in sorted(folders):
    count = sum(str(path.parent) == folder for path in sources)
    if count > most_sources:
        mistakes.append(f"{folder} holds {count} sources; at most {most_sources} fit into a room")
    if folder != "app" and not (source / folder / "README.md").is_file():
        mistakes.append(f"{folder} has no README.md that says what it is for")

includes = 0
for path in sources:
    room = str(path.parent)
    for number, line in enumerate((source / path).read_text().splitlines(), 1):
        if not (found := re.match(r'#include ["<]((?:core|app)/[^">]+)[">]', line)):
            continue
        includes += 1
        other = str(pathlib.Path(found[1]).parent)
        if height.get(other, -1) > height.get(room, len(rooms)):
            mistakes.append(f"{path}:{number}: includes {found[1]}, and {other} stands above {room}")
        if room == "core/engine" and other != room:
            mistakes.append(f"{path}:{number}: the engine includes {found[1]}")

for mistake in mistakes:
    print(mistake)
if includes < 500:
    sys.exit(f"only {includes} includes were found")
print(f"{len(rooms)} rooms, {len(sources)} sources, {includes} includes")
sys.exit(bool(mistakes))
EOF
