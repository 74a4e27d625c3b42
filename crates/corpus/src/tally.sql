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

-- Which number the meeting of an account had when links were last made: it keeps it.
CREATE TABLE IF NOT EXISTS numbered (meeting TEXT PRIMARY KEY, encounter INTEGER NOT NULL) STRICT, WITHOUT ROWID;

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

-- The topics of statements, by the vocabulary that `total` names.
CREATE TABLE IF NOT EXISTS topical (statement TEXT NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (topic, statement)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS topical_statement ON topical (statement);

-- What is known of a text but for its words: the parties of each meeting it reports as `CHN-USA`, a blank between.
CREATE TABLE IF NOT EXISTS imprint (document INTEGER PRIMARY KEY, date TEXT, outlet TEXT NOT NULL, dyads TEXT NOT NULL) STRICT;

-- What came up and went in the last sixth of all texts, as JSON.
CREATE TABLE IF NOT EXISTS news (wanted TEXT PRIMARY KEY, found TEXT NOT NULL) STRICT;
