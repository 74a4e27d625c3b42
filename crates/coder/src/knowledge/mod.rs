//! What the coder knows about the world: states, seats of government, organisations, offices, people, places.
//!
//! The facts are the tables in `data/actors`, compiled when the program is built ([`Names`]) and checked by [`check()`]. The build script
//! includes this module: it must not know what the program carries.

mod check;
mod days;
mod hashed;
mod index;
pub(crate) mod key;
mod lexicon;
pub(crate) mod names;
mod offices;
mod organizations;
mod people;
mod places;
mod rows;
mod running;
mod states;
mod systems;
pub mod table;

pub use check::check;
pub(crate) use names::{FNV, stamp};
pub use names::{Names, NotNames};
pub(crate) use offices::Title;
pub use offices::{Office, Scope};
pub use organizations::{Organization, OrganizationKind};
pub use people::{ALIASES, Person, Term, table as people_table};
pub use places::{Around, Found, Place, PlaceKind};
pub(crate) use running::Read;
pub use states::State;
pub use systems::ActorCodes;
pub use table::Problem;

use chancery_model::Date;
use hashed::Letters;
use key::Spelling;
use lexicon::Targets;
use names::{Index, Table};
use rows::Cells;
use running::has_small_letters;

/// The column of the day on which a state began.
const BEGAN: usize = 11;

/// What kind of word a known name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Name of a state: "South Korea".
    State,
    /// Adjective or people of a state: "South Korean".
    Demonym,
    /// Its capital: "Seoul".
    Capital,
    /// Another word for its government: "the Blue House".
    Seat,
    /// An organisation.
    Organization,
    /// A region, venue or water, known so that "South China Sea" is not read as China; its code may be empty.
    Place,
}

/// What a known name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Code of the state or organisation.
    pub code: &'a str,
    /// What kind of word the name is.
    pub kind: EntryKind,
    /// Name under which the state, organisation or place is listed.
    pub canonical: &'a str,
}

/// Tables of actors, looked up side by side: those of the program, and before them those that its user brings.
///
/// Nothing is made when it is: rows are read from the compiled bytes when a name leads to them.
#[derive(Debug, Clone)]
pub struct Knowledge {
    names: Vec<Names>,
    /// The day on which the youngest state began.
    youngest: Option<Date>,
}

impl Knowledge {
    /// The knowledge of these tables alone.
    #[must_use]
    pub fn of(names: Names) -> Self {
        Self { names: Vec::new(), youngest: None }.with(names)
    }

    /// The same with further tables, whose rows go before those that are known already.
    #[must_use]
    pub fn with(mut self, names: Names) -> Self {
        let states = names.rows(Table::States);
        let began = (0..states.len()).filter_map(|i| states.row(i).cell(BEGAN).parse::<Date>().ok());
        self.youngest = began.map(Date::first).chain(self.youngest).max();
        self.names.insert(0, names);
        self
    }

    /// A hash of all that is known.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.names.iter().fold(FNV, |hash, n| stamp(hash, &n.stamp().to_le_bytes()))
    }

    /// How many of the words make the longest known name that starts at the first of them, and what it stands for.
    ///
    /// Words are surface forms in the case of the text ("us" is no state, "US" is); spaces, hyphens, apostrophes and accents
    /// do not matter, so that other ways to split words match too. Names in capitals match from four letters on.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Entry<'_>)> {
        self.longest_of(words, words.iter().map(|word| Letters::of(word, Spelling::Squeezed)))
    }

    /// The same by the letters of each word.
    fn longest_of(
        &self,
        words: &[&str],
        each: impl Iterator<Item = Letters> + Clone,
    ) -> Option<(usize, Entry<'_>)> {
        let in_capitals = |n: usize| words[..n].iter().all(|w| !w.chars().any(char::is_lowercase));
        let shouted = || {
            let may = words.first().is_some_and(|word| !has_small_letters(word));
            let found = may.then(|| self.longest_in(Index::Shouted, words, each.clone()));
            found.flatten().filter(|found| in_capitals(found.0))
        };
        let (n, names, mut targets) = self.longest_in(Index::Exact, words, each.clone()).or_else(shouted)?;
        Some((n, self.entry(names, targets.next()?)))
    }

    fn longest_in(
        &self,
        index: Index,
        words: &[&str],
        each: impl Iterator<Item = Letters> + Clone,
    ) -> Option<(usize, &Names, Targets<'_>)> {
        let mut best: Option<(usize, &Names, Targets)> = None;
        for names in &self.names {
            let found = names.index(index).longest(words, each.clone());
            if let Some((n, targets)) = found.filter(|f| best.as_ref().is_none_or(|b| f.0 > b.0)) {
                best = Some((n, names, targets));
            }
        }
        best
    }

    fn entry<'a>(&'a self, names: &'a Names, target: usize) -> Entry<'a> {
        let (kind, row) = index::kind_and_row(target);
        let row = |table: Table| names.rows(table).row(row);
        let (code, canonical) = match kind {
            EntryKind::State | EntryKind::Demonym | EntryKind::Capital => {
                let row = row(Table::States);
                (row.cell(0), row.cell(1))
            }
            EntryKind::Organization => {
                let row = row(Table::Organizations);
                (row.cell(0), row.cell(1))
            }
            EntryKind::Seat => {
                let row = row(Table::Seats);
                (row.cell(1), self.name_of(row.cell(1)).unwrap_or(row.cell(0)))
            }
            EntryKind::Place => {
                let row = row(Table::Places);
                (row.cell(1), row.cell(0))
            }
        };
        Entry { code, kind, canonical }
    }

    fn by_key(&self, table: Table, key: &str) -> Option<Cells<'_>> {
        self.names.iter().find_map(|names| names.rows(table).by_key(key))
    }

    fn rows(&self, table: Table) -> impl Iterator<Item = Cells<'_>> {
        let all = self.names.iter().map(move |names| names.rows(table));
        all.flat_map(|rows| (0..rows.len()).map(move |i| rows.row(i)))
    }

    /// The state with this code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<State<'_>> {
        self.by_key(Table::States, code).map(State::of)
    }

    /// The state that stood on a day where this one stands: Serbia's acts of 1999 are those of Yugoslavia. A code that is no state's, or
    /// of one that stood then, comes back as it is.
    #[must_use]
    pub fn state_on<'a>(&'a self, code: &'a str, day: Date) -> &'a str {
        if code.len() != 3 || self.youngest.is_none_or(|youngest| youngest <= day.last()) {
            return code;
        }
        let row = |code: &str| self.by_key(Table::States, code);
        let (number, from, to) = (9, BEGAN, 12);
        let date = |cells: Cells, column: usize| cells.cell(column).parse::<Date>().ok();
        let Some(own) = row(code).filter(|own| date(*own, from).is_some_and(|f| day.last() < f.first()))
        else {
            return code;
        };
        let number_of = |cells: Cells| cells.cell(number).split(' ').next().unwrap_or_default().to_owned();
        let stood = |row: &Cells| {
            number_of(*row) == number_of(own)
                && date(*row, from).is_some_and(|f| f.first() <= day.first())
                && date(*row, to).is_some_and(|t| day.last() <= t.last())
        };
        let before = self.rows(Table::States).find(|row| !number_of(*row).is_empty() && stood(row));
        before.map_or(code, |row| row.cell(0))
    }

    /// All states, by code.
    pub fn states(&self) -> impl Iterator<Item = State<'_>> {
        self.rows(Table::States).map(State::of)
    }

    /// The organisation with this code.
    #[must_use]
    pub fn organization(&self, code: &str) -> Option<Organization<'_>> {
        self.by_key(Table::Organizations, code).map(Organization::of)
    }

    /// Code of the organisation with this code among CAMEO's known groups; of several the one with the shortest code, which the others
    /// are organs of.
    #[must_use]
    pub fn organization_of_cameo(&self, cameo: &str) -> Option<&str> {
        let rows = self.rows(Table::Organizations).filter(|row| !cameo.is_empty() && row.cell(7) == cameo);
        rows.map(|row| row.cell(0)).min_by_key(|code| code.len())
    }

    /// The name under which a state's or organisation's code is listed.
    #[must_use]
    pub fn name_of(&self, code: &str) -> Option<&str> {
        let row = self.by_key(Table::States, code).or_else(|| self.by_key(Table::Organizations, code));
        row.map(|row| row.cell(1))
    }

    /// The person with this full name or alias, in any order of its words, accents and case aside.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<Person<'_>> {
        let of_key = |key: &str| {
            self.names.iter().find_map(|names| {
                let first = names.index(Index::People).get(key).next()?;
                Some(Person::of(names.rows(Table::People), first))
            })
        };
        of_key(&key::fold(name)).or_else(|| of_key(&key::unordered(name)))
    }

    /// Whether somebody has this full name or alias, as [`Self::person`] finds them.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let (whole, unordered) = Letters::of_name(name);
        self.names.iter().map(|names| names.index(Index::People)).any(|people| {
            people.may_begin(whole) && people.has(&key::fold(name))
                || people.may_begin(unordered) && people.has(&key::unordered(name))
        })
    }

    /// What the foremost of the tables that know a person says of them.
    pub(crate) fn foremost<'a>(&'a self, person: Person<'a>) -> Person<'a> {
        match self.names.len() {
            1 => person,
            _ => self.person_of(person.id).unwrap_or(person),
        }
    }

    /// The person with this key.
    #[must_use]
    pub fn person_of(&self, id: &str) -> Option<Person<'_>> {
        self.names.iter().find_map(|names| {
            let people = names.rows(Table::People);
            Some(Person::of(people, people.place_of(id)?))
        })
    }

    /// The rows of the table of people on the person with this key, cell by cell.
    #[must_use]
    pub fn rows_of(&self, id: &str) -> Vec<Vec<&str>> {
        let of = |names| {
            let people = Names::rows(names, Table::People);
            let first = people.place_of(id)?;
            let all = (first..people.len()).map(move |row| people.row(row).all().collect::<Vec<_>>());
            Some(all.take_while(|cells| cells.first() == Some(&id)).collect())
        };
        self.names.iter().find_map(of).unwrap_or_default()
    }

    /// The file that holds the rows of the person with this key: the program's own, or one that its user brought.
    #[must_use]
    pub fn table_of(&self, id: &str) -> &'static str {
        let before = self.names.len().saturating_sub(1);
        let brought = self.names[..before].iter().any(|n| n.rows(Table::People).place_of(id).is_some());
        if brought { "people.csv" } else { "data/actors/people.csv" }
    }

    /// All people with this full name or alias.
    pub fn people_named(&self, name: &str) -> impl Iterator<Item = Person<'_>> {
        let found = |key: &str| -> Vec<Person<'_>> {
            let of = |names| {
                let people = Names::rows(names, Table::People);
                names.index(Index::People).get(key).map(move |first| Person::of(people, first))
            };
            self.names.iter().flat_map(of).collect()
        };
        let exact = found(&key::fold(name));
        if exact.is_empty() { found(&key::unordered(name)).into_iter() } else { exact.into_iter() }
    }

    /// All people whom readouts call by this surname, by id.
    #[must_use]
    pub fn people_with_surname(&self, surname: &str) -> Vec<Person<'_>> {
        let key = key::fold(surname);
        let of = |names| {
            let people = Names::rows(names, Table::People);
            names.index(Index::Surnames).get(&key).map(move |first| Person::of(people, first))
        };
        self.names.iter().flat_map(of).collect()
    }

    /// Whether English news call the person with this key "she", if the tables say.
    #[must_use]
    pub fn female(&self, id: &str) -> Option<bool> {
        match self.by_key(Table::People, id)?.cell(9) {
            "f" => Some(true),
            "m" => Some(false),
            _ => None,
        }
    }

    /// All people who have served a state or body, by id.
    pub fn people_serving(&self, code: &str) -> impl Iterator<Item = Person<'_>> {
        self.names.iter().flat_map(move |names| {
            let people = names.rows(Table::People);
            names.index(Index::Serving).get(code).map(move |first| Person::of(people, first))
        })
    }

    /// Those of them who held an office of this kind for it on some day of a date, by terms whose beginning is known.
    pub fn people_holding<'a>(
        &'a self,
        code: &str,
        date: Date,
        is_of_kind: impl Fn(&str) -> bool + Copy,
    ) -> impl Iterator<Item = Person<'a>> {
        self.names.iter().flat_map(move |names| {
            let people = names.rows(Table::People);
            let all = names.index(Index::Serving).get(code);
            let offices =
                move |first| names.days().on(first, date).map(move |row| people::office(people, row));
            let holds = move |&first: &usize| {
                offices(first).any(|(served, office)| served == code && is_of_kind(office))
            };
            all.filter(holds).map(move |first| Person::of(people, first))
        })
    }

    /// How many of the words make the longest office that starts at the first of them, and which; case aside.
    #[must_use]
    pub fn office(&self, words: &[&str]) -> Option<(usize, Office<'_>)> {
        self.title(words).map(|(n, title)| (n, Office::of(title.0)))
    }

    /// The same, its row still to be read.
    pub(crate) fn title(&self, words: &[&str]) -> Option<(usize, Title<'_>)> {
        self.title_of(words, words.iter().map(|word| Letters::of(word, Spelling::Folded)))
    }

    /// The same by the letters of each word.
    fn title_of(
        &self,
        words: &[&str],
        each: impl Iterator<Item = Letters> + Clone,
    ) -> Option<(usize, Title<'_>)> {
        let (n, names, mut targets) = self.longest_in(Index::Offices, words, each)?;
        Some((n, Title(names.rows(Table::Offices).row(targets.next()?))))
    }

    /// The places of this name, accents and case aside: regions, venues and waters, then cities, the capital first, then the most
    /// populous.
    pub fn places(&self, name: &str) -> impl Iterator<Item = Place<'_>> {
        let key = key::fold(name);
        self.names.iter().flat_map(move |names| {
            let places = names.rows(Table::Places);
            names.index(Index::Places).get(&key).map(move |row| Place::of(places.row(row)))
        })
    }

    /// The place that a name in a text is taken for, if for any: in capitals, and with as much around it as the place needs.
    ///
    /// Of several, the one in the state or unit that stands after the name, else the first of [`Self::places`].
    #[must_use]
    pub fn place(&self, name: &str, around: Around) -> Option<Place<'_>> {
        if !name.chars().any(char::is_uppercase) {
            return None;
        }
        let enough = match around {
            Around::Nothing => Found::Alone,
            Around::In => Found::In,
            Around::Before(after) => match self.places(name).find(|place| self.lies_in(place, after)) {
                Some(place) => return Some(place),
                None => Found::In,
            },
        };
        self.places(name).find(|place| place.found <= enough)
    }

    /// Whether words name the state or the first-order unit of a place.
    fn lies_in(&self, place: &Place, words: &str) -> bool {
        let all: Vec<&str> = words.split_whitespace().collect();
        let state =
            self.longest(&all).filter(|(n, entry)| *n == all.len() && entry.kind != EntryKind::Capital);
        let unit = !place.admin.is_empty() && key::fold(place.admin) == key::fold(words);
        unit || state.is_some_and(|(_, entry)| !place.country.is_empty() && entry.code == place.country)
    }
}

#[cfg(test)]
mod tests;
