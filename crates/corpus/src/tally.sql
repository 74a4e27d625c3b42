-- Derived, like the links and made with them: what pages ask for often, and ways into large tables. A record that has it not yet is not linked.

DROP INDEX IF EXISTS participant_name;
CREATE INDEX IF NOT EXISTS participant_person ON participant (name, document, part, "row", code) WHERE name IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_unsure
  ON event (ifnull(confidence, 101), disputed IS NULL, document, id, date_from, date_to);
DROP INDEX IF EXISTS event_doubt;

-- How many rows there are of each kind.
CREATE TABLE IF NOT EXISTS total (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- From when to when the events of a document are.
CREATE TABLE IF NOT EXISTS extent (document INTEGER PRIMARY KEY, date_from TEXT, date_to TEXT) STRICT;

-- The sides of each meeting.
CREATE TABLE IF NOT EXISTS side (
  code TEXT NOT NULL, encounter INTEGER NOT NULL, PRIMARY KEY (code, encounter)
) STRICT, WITHOUT ROWID;

-- How often two sides met.
CREATE TABLE IF NOT EXISTS dyad (
  one TEXT NOT NULL, other TEXT NOT NULL, meetings INTEGER NOT NULL, first TEXT, last TEXT, PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- Which texts report a meeting of exactly these parties: codes in the order of letters, a blank between.
CREATE TABLE IF NOT EXISTS report (
  parties TEXT NOT NULL, date TEXT NOT NULL, document INTEGER NOT NULL, meeting TEXT NOT NULL,
  PRIMARY KEY (parties, date, document, meeting)
) STRICT, WITHOUT ROWID;

-- The topics of statements, by the vocabulary that `total` names: each topic in the order of time, with what is counted of it.
CREATE TABLE IF NOT EXISTS stance (
  topic TEXT NOT NULL, undated INTEGER NOT NULL, date TEXT NOT NULL, document INTEGER NOT NULL, place INTEGER NOT NULL,
  statement TEXT NOT NULL, holder TEXT NOT NULL, polarity TEXT NOT NULL,
  PRIMARY KEY (topic, undated, date, document, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stance_statement ON stance (statement);
DROP TABLE IF EXISTS topical;

-- What is known of a text but for its words: the parties of each meeting it reports as `CHN-USA`, a blank between.
CREATE TABLE IF NOT EXISTS imprint (document INTEGER PRIMARY KEY, date TEXT, outlet TEXT NOT NULL, dyads TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS imprint_date ON imprint (ifnull(date, ''), document, date);

-- What came up and went in the last sixth of all texts, as JSON.
CREATE TABLE IF NOT EXISTS news (wanted TEXT PRIMARY KEY, found TEXT NOT NULL) STRICT;

-- The plain form of texts, some a row, a new line between; and their numbers, lengths and places, packed.
CREATE TABLE IF NOT EXISTS shelf (first INTEGER PRIMARY KEY, places BLOB NOT NULL, words TEXT NOT NULL) STRICT;

-- Who says which stretch of a text: numbers of documents, stretches and speakers of some documents a row, packed.
CREATE TABLE IF NOT EXISTS speaker (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS speech (first INTEGER PRIMARY KEY, said BLOB NOT NULL) STRICT;
DROP TABLE IF EXISTS saying;

-- Sequences of words that stand in three texts or more, and which: numbers of `word` and steps from document to document, packed.
-- Of nested ones of the same texts the longest only.
CREATE TABLE IF NOT EXISTS formulary (words BLOB NOT NULL, texts BLOB NOT NULL, number INTEGER NOT NULL) STRICT;
