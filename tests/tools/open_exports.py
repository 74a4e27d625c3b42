"""Opens every export with the tools of those who use it: pandas, DuckDB, networkx and SQLite.

    python tests/tools/open_exports.py target/debug/chancery

makes a record of the examples, exports it in every format, and checks that each tool reads as many rows as datapackage.json lists, of
the types that it names, and that what a tool writes again is what it read.
"""

import hashlib
import io
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import networkx
import pandas

ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMATS = ["plover", "polecat", "icews", "gdelt", "csv", "jsonl", "parquet", "graph", "panel"]
WIDTHS = {"polecat": 40, "icews": 20, "gdelt": 61}
# One text of cells that break careless readers.
HOSTILE = (
    "OSLO, March 4, 2031 (Fjord Wire) -- Norwegian Foreign Minister Zoë \"Zo\" Dahl met with Chilean President José Rojas in Oslo "
    "on March 4, 2031.\n\nDahl said that Norway\tis ready to deepen\r\ncooperation with Chile.\n\n=1+1 “NULL” None وزير الخارجية 李强\n"
)


def run(chancery, *arguments):
    done = subprocess.run([chancery, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"chancery {' '.join(map(str, arguments))}: {done.stderr}")


def check(condition, what):
    if not condition:
        raise SystemExit(f"open_exports: {what}")


def with_pandas(path, resource):
    """The table as pandas reads it with no more than the package says."""
    if resource["format"] == "jsonl":
        return pandas.read_json(path, lines=True, dtype=False)
    if resource["format"] == "parquet":
        return duckdb.sql(f"SELECT * FROM '{path}'").df()
    names = [field["name"] for field in resource["schema"]["fields"]]
    header = resource["dialect"]["header"]
    kinds = {"string": "string", "integer": "Int64", "number": "float64"}
    return pandas.read_csv(
        path,
        sep=resource["dialect"]["delimiter"],
        header=0 if header else None,
        names=None if header else names,
        dtype={field["name"]: kinds[field["type"]] for field in resource["schema"]["fields"]},
        keep_default_na=False,
        na_values=resource["schema"]["missingValues"],
    )


def with_duckdb(path, resource):
    """How many rows DuckDB reads, and of how many columns."""
    if resource["format"] == "jsonl":
        table = duckdb.sql(f"SELECT * FROM read_json('{path}', format = 'newline_delimited', maximum_object_size = 100000000)")
    elif resource["format"] == "parquet":
        table = duckdb.sql(f"SELECT * FROM '{path}'")
    else:
        delimiter = "\\t" if resource["format"] == "tsv" else ","
        quote = "" if resource["format"] == "tsv" else '"'
        kinds = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
        columns = ", ".join(f"'{f['name']}': '{kinds[f['type']]}'" for f in resource["schema"]["fields"])
        table = duckdb.sql(
            f"SELECT * FROM read_csv('{path}', delim = '{delimiter}', quote = '{quote}', escape = '{quote}', "
            f"header = {str(resource['dialect']['header']).lower()}, nullstr = '{resource['schema']['missingValues'][0]}', "
            f"columns = {{{columns}}}, strict_mode = true)"
        )
    return len(table.fetchall()), len(table.columns)


def tables(folder, name, package):
    for resource in package["resources"]:
        path = folder / resource["path"]
        where = f"{name}/{resource['path']}"
        data = path.read_bytes()
        check(len(data) == resource["bytes"], f"{where}: not as many bytes as listed")
        check("sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"], f"{where}: another checksum")
        if "schema" not in resource:
            continue
        fields = resource["schema"]["fields"]
        if name in WIDTHS and "mention" not in resource["name"]:
            check(len(fields) == WIDTHS[name], f"{where}: {len(fields)} columns")
        frame = with_pandas(path, resource)
        read = (len(frame), len(frame.columns))
        check(read[0] == resource["rows"], f"{where}: pandas reads {read[0]} rows of {resource['rows']}")
        if read[0] > 0:
            check(list(frame.columns) == [field["name"] for field in fields], f"{where}: other columns")
            check(with_duckdb(path, resource) == read, f"{where}: DuckDB reads {with_duckdb(path, resource)}, pandas {read}")
        if resource["format"] not in ("csv", "tsv"):
            continue
        for field in fields:
            column = frame[field["name"]]
            check(not column.astype("string").str.contains(r"[\t\r\n]", regex=True).any(), f"{where}: a break in a cell")
        again = io.StringIO(frame.to_csv(index=False))
        back = pandas.read_csv(again, dtype=frame.dtypes.to_dict(), keep_default_na=False, na_values=[""])
        pandas.testing.assert_frame_equal(back, frame)
        plain = data.decode("utf-8")
        if resource["format"] == "tsv":
            rows = plain.rstrip("\n").split("\n")[resource["dialect"]["header"] :]
            check(all(row.count("\t") == len(fields) - 1 for row in rows), f"{where}: a row of another width")


def graphs(folder, package):
    graphs = [networkx.read_gexf(folder / "meetings.gexf"), networkx.read_graphml(folder / "meetings.graphml")]
    edges = {resource["path"]: resource["rows"] for resource in package["resources"]}
    check([g.number_of_edges() for g in graphs] == list(edges.values()), "graph: not as many edges as listed")
    check(len({g.number_of_nodes() for g in graphs}) == 1, "graph: the two differ in nodes")
    check(all(g.degree(n) >= 1 for g in graphs for n in g), "graph: someone met nobody")
    weights = [sorted(data["weight"] for _, _, data in g.edges(data=True)) for g in graphs]
    check(weights[0] == weights[1] and all(w >= 1 for w in weights[0]), "graph: the two differ in weights")
    check(any("country" in data for _, data in graphs[0].nodes(data=True)), "graph: no countries")
    check(any(data.get("spells") for _, _, data in graphs[0].edges(data=True)), "graph: no spells")


def main(chancery):
    chancery = str(pathlib.Path(chancery).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        record, hostile = folder / "chancery.db", folder / "hostile.txt"
        hostile.write_text(HOSTILE, encoding="utf-8", newline="")
        run(chancery, "add", "examples/readouts", hostile, "--record", record)
        counted = {}
        for name in FORMATS:
            done = subprocess.run([chancery, "export", name, folder / name, "--record", record], capture_output=True, text=True)
            if done.returncode != 0 and "--features parquet" in done.stderr:
                print("parquet: left out, this chancery was built without it")
                continue
            check(done.returncode == 0, f"export {name}: {done.stderr}")
            package = json.loads((folder / name / "datapackage.json").read_text(encoding="utf-8"))
            tables(folder / name, name, package)
            counted[name] = {resource["name"]: resource["rows"] for resource in package["resources"]}
        graphs(folder / "graph", json.loads((folder / "graph" / "datapackage.json").read_text(encoding="utf-8")))
        with sqlite3.connect(record) as connection:
            for view, rows in counted["csv"].items():
                (number,) = connection.execute(f"SELECT count(*) FROM {view}").fetchone()
                check(number == rows, f"{view}: SQLite counts {number}, CSV has {rows}")
            (real,) = connection.execute("SELECT count(*) FROM happenings").fetchone()
        for name in ("jsonl", "parquet"):
            check(counted.get(name, counted["csv"]) == counted["csv"], f"{name}: not as many rows as CSV")
        check(counted["plover"]["events"] == counted["polecat"]["events"] == real, "one real event is not one row")
        print(f"{len(counted)} formats of {real} events: pandas, DuckDB, networkx and SQLite agree")


if __name__ == "__main__":
    main(sys.argv[1])
