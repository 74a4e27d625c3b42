//! What the coder knows about the world: states, seats of government, organisations, offices, people, places.
//!
//! The facts are the tables in `data/actors`, embedded at build time and checked by [`check()`].

mod check;
mod key;
mod lexicon;
mod offices;
mod organizations;
mod people;
mod places;
mod states;
pub mod table;

use std::collections::BTreeMap;

pub use check::{check, codes, data_files};
pub use offices::{Office, Scope};
pub use organizations::{Organization, OrganizationKind};
pub use people::{Person, Term};
pub use places::{Place, PlaceKind};
pub use states::State;
pub use table::Problem;

use lexicon::Lexicon;
use table::Schema;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Code of the state or organisation.
    pub code: String,
    /// What kind of word the name is.
    pub kind: EntryKind,
    /// Name under which the state, organisation or place is listed.
    pub canonical: String,
}

/// The embedded tables, ready for look-ups.
#[derive(Debug, Clone)]
pub struct Knowledge {
    states: Vec<State>,
    organizations: Vec<Organization>,
    offices: Vec<Office>,
    people: Vec<Person>,
    places: Vec<Place>,
    entries: Vec<Entry>,
    by_code: BTreeMap<String, usize>,
    by_organization: BTreeMap<String, usize>,
    exact: Lexicon,
    shouted: Lexicon,
    office_names: Lexicon,
    place_names: Lexicon,
    person_names: Lexicon,
    surnames: BTreeMap<String, Vec<usize>>,
}

impl Knowledge {
    /// The tables that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let files = data_files();
        let rows = |schema: &Schema| {
            let text = files.iter().find(|(path, _)| *path == schema.file).map_or("", |(_, text)| *text);
            table::read(schema, text).0
        };
        let mut knowledge = Self {
            states: rows(&states::STATES).iter().map(State::of).collect(),
            organizations: rows(&organizations::ORGANIZATIONS).iter().map(Organization::of).collect(),
            offices: rows(&offices::OFFICES).iter().map(Office::of).collect(),
            people: Person::gather(&rows(&people::PEOPLE)),
            places: rows(&places::PLACES).iter().map(Place::of).collect(),
            entries: Vec::new(),
            by_code: BTreeMap::new(),
            by_organization: BTreeMap::new(),
            exact: Lexicon::default(),
            shouted: Lexicon::default(),
            office_names: Lexicon::default(),
            place_names: Lexicon::default(),
            person_names: Lexicon::default(),
            surnames: BTreeMap::new(),
        };
        let seats = rows(&states::SEATS);
        knowledge.index_states();
        knowledge.index_organizations();
        for seat in &seats {
            let (name, code) = (seat.fields[0].clone(), seat.fields[1].clone());
            let canonical = knowledge.name_of(&code).unwrap_or(&name).to_owned();
            let entry = knowledge.entry(code, EntryKind::Seat, canonical);
            knowledge.name(&name, entry);
        }
        knowledge.index_capitals();
        knowledge.index_places();
        knowledge.index_people();
        for (i, office) in knowledge.offices.iter().enumerate() {
            knowledge.office_names.add(key::fold(&office.phrase), i);
        }
        knowledge
    }

    fn index_states(&mut self) {
        for (i, state) in self.states.clone().into_iter().enumerate() {
            self.by_code.insert(state.code.clone(), i);
            let entry = self.entry(state.code.clone(), EntryKind::State, state.name.clone());
            for name in state.names() {
                self.name(name, entry);
            }
            let entry = self.entry(state.code.clone(), EntryKind::Demonym, state.name.clone());
            for demonym in &state.demonyms {
                self.name(demonym, entry);
                if let Some(plural) = states::plural(demonym) {
                    self.name(&plural, entry);
                }
            }
        }
    }

    fn index_organizations(&mut self) {
        for (i, organization) in self.organizations.clone().into_iter().enumerate() {
            self.by_organization.insert(organization.code.clone(), i);
            let entry =
                self.entry(organization.code.clone(), EntryKind::Organization, organization.name.clone());
            for name in organization.names() {
                self.name(name, entry);
            }
        }
    }

    fn index_capitals(&mut self) {
        for state in self.states.clone() {
            let entry = self.entry(state.code.clone(), EntryKind::Capital, state.name.clone());
            for capital in &state.capitals {
                self.name(capital, entry);
            }
        }
    }

    fn index_places(&mut self) {
        for (i, place) in self.places.clone().into_iter().enumerate() {
            self.place_names.add(key::fold(&place.name), i);
            if place.kind != PlaceKind::City {
                let entry = self.entry(place.country.clone(), EntryKind::Place, place.name.clone());
                self.name(&place.name, entry);
            }
        }
    }

    fn index_people(&mut self) {
        for (i, person) in self.people.iter().enumerate() {
            for name in person.names() {
                self.person_names.add(key::fold(name), i);
                self.person_names.add(key::unordered(name), i);
            }
            self.surnames.entry(key::fold(&person.surname)).or_default().push(i);
        }
    }

    fn entry(&mut self, code: String, kind: EntryKind, canonical: String) -> usize {
        self.entries.push(Entry { code, kind, canonical });
        self.entries.len() - 1
    }

    fn name(&mut self, name: &str, entry: usize) {
        let key = key::squeeze(name);
        if key.len() >= 4 && key.chars().any(char::is_lowercase) {
            self.shouted.add(key.to_uppercase(), entry);
        }
        self.exact.add(key, entry);
    }

    /// How many of the words make the longest known name that starts at the first of them, and what it stands for.
    ///
    /// Words are surface forms in the case of the text ("us" is no state, "US" is); spaces, hyphens, apostrophes and accents
    /// do not matter, so that other ways to split words match too. Names in capitals match from four letters on.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &Entry)> {
        let exact = self.exact.longest(words, key::squeeze);
        let shouted = || {
            let (n, entry) = self.shouted.longest(words, key::squeeze)?;
            words[..n].iter().all(|w| !w.chars().any(char::is_lowercase)).then_some((n, entry))
        };
        let (n, entry) = exact.or_else(shouted)?;
        Some((n, &self.entries[entry]))
    }

    /// The state with this code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.by_code.get(code).map(|&i| &self.states[i])
    }

    /// All states, by code.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The organisation with this code.
    #[must_use]
    pub fn organization(&self, code: &str) -> Option<&Organization> {
        self.by_organization.get(code).map(|&i| &self.organizations[i])
    }

    /// The name under which a state's or organisation's code is listed.
    #[must_use]
    pub fn name_of(&self, code: &str) -> Option<&str> {
        let state = self.state(code).map(|s| s.name.as_str());
        state.or_else(|| self.organization(code).map(|o| o.name.as_str()))
    }

    /// The person with this full name or alias, in any order of its words, accents and case aside.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&Person> {
        let found =
            self.person_names.get(&key::fold(name)).or_else(|| self.person_names.get(&key::unordered(name)));
        found.map(|i| &self.people[i])
    }

    /// All people whom readouts call by this surname, by id.
    #[must_use]
    pub fn people_with_surname(&self, surname: &str) -> Vec<&Person> {
        self.surnames.get(&key::fold(surname)).into_iter().flatten().map(|&i| &self.people[i]).collect()
    }

    /// How many of the words make the longest office that starts at the first of them, and which; case aside.
    #[must_use]
    pub fn office(&self, words: &[&str]) -> Option<(usize, &Office)> {
        let (n, office) = self.office_names.longest(words, key::fold)?;
        Some((n, &self.offices[office]))
    }

    /// The place of this name, accents and case aside; of several the capital, else the most populous.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.place_names.get(&key::fold(name)).map(|i| &self.places[i])
    }
}

#[cfg(test)]
mod tests;
