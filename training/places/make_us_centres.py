"""Write us_centres.csv: name, state and area centre of every US county and state.

Run once; its output is committed, so that compiling the gazetteer needs no npm.
    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    cd training/places && python make_us_centres.py COUNTIES_10M_JSON > us_centres.csv
The outlines are the US Census Bureau's (public domain), packed by us-atlas (ISC licence).
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]


def measure_ring(ring: Ring) -> tuple[float, float, float]:
    """Return the area of a ring and its centre times that area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area += cross / 2
        x += (x0 + x1) * cross / 6
        y += (y0 + y1) * cross / 6
    return area, x, y


def main(path: str) -> None:
    """Print one CSV row for each county and state of a TopoJSON file."""
    topology: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs: list[Ring] = []
    for packed in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    write = csv.writer(sys.stdout, lineterminator="\n")
    write.writerow(["fips", "name", "lat", "lon"])
    for layer in ("states", "counties"):
        for shape in sorted(topology["objects"][layer]["geometries"], key=lambda s: str(s["id"])):
            polygons = shape.get("arcs", [])
            if shape["type"] == "Polygon":
                polygons = [polygons]
            total = [0.0, 0.0, 0.0]
            for polygon in polygons:
                ring: Ring = []
                for index in polygon[0]:
                    ring.extend(arcs[index] if index >= 0 else reversed(arcs[~index]))
                # The Aleutians cross the date line.
                ring = [(x - 360 if x > 0 else x, y) for x, y in ring]
                area, x, y = measure_ring(ring)
                sign = 1 if area >= 0 else -1
                total = [total[0] + sign * area, total[1] + sign * x, total[2] + sign * y]
            if total[0]:
                name = shape["properties"]["name"]
                lat, lon = total[2] / total[0], total[1] / total[0]
                write.writerow([shape["id"], name, f"{lat:.3f}", f"{lon:.3f}"])


if __name__ == "__main__":
    main(sys.argv[1])
