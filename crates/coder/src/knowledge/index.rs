//! By which names the rows of the tables are found.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::lexicon;
use super::names::Table;
use super::rows::u32_of;
use super::table::{Row, distance};
use super::{EntryKind, key, states};

/// The names of all tables, before they are compiled; one field for each [`Index`](super::names::Index).
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) exact: lexicon::Draft,
    pub(crate) shouted: lexicon::Draft,
    pub(crate) offices: lexicon::Draft,
    pub(crate) places: lexicon::Draft,
    pub(crate) people: lexicon::Draft,
    pub(crate) surnames: lexicon::Draft,
    pub(crate) serving: lexicon::Draft,
}

/// The kinds of entry, in the order of their numbers.
const KINDS: [EntryKind; 6] = [
    EntryKind::State,
    EntryKind::Demonym,
    EntryKind::Capital,
    EntryKind::Seat,
    EntryKind::Organization,
    EntryKind::Place,
];

/// Kind and row as one number.
fn target(kind: EntryKind, row: usize) -> u32 {
    u32_of(row * 8 + kind as usize)
}

/// What the number of a name says: its kind, and the row of the table of that kind.
pub(crate) fn kind_and_row(target: usize) -> (EntryKind, usize) {
    (KINDS.get(target % 8).copied().unwrap_or(EntryKind::Place), target / 8)
}

/// Every name of every row. Where names compete, those that come first win: state, organisation, seat, capital, place.
pub(crate) fn names(tables: &[Vec<Row>; 6]) -> Draft {
    let rows = |table: Table| tables[table as usize].iter().enumerate();
    let mut draft = Draft::default();
    for (i, row) in rows(Table::States) {
        for name in std::iter::once(row.fields[1].as_str()).chain(row.list(2)).chain(row.list(3)) {
            draft.entry(name, target(EntryKind::State, i));
        }
        for demonym in row.list(4) {
            draft.entry(demonym, target(EntryKind::Demonym, i));
            if let Some(plural) = states::plural(demonym) {
                draft.entry(&plural, target(EntryKind::Demonym, i));
            }
        }
    }
    for (i, row) in rows(Table::Organizations) {
        for name in std::iter::once(row.fields[1].as_str()).chain(row.list(2)).chain(row.list(5)) {
            draft.entry(name, target(EntryKind::Organization, i));
        }
    }
    for (i, row) in rows(Table::Seats) {
        draft.entry(&row.fields[0], target(EntryKind::Seat, i));
    }
    for (i, row) in rows(Table::States) {
        for capital in row.list(5) {
            draft.entry(capital, target(EntryKind::Capital, i));
        }
    }
    for (i, row) in rows(Table::Places).filter(|(_, row)| !matches!(row.fields[3].as_str(), "city" | "unit"))
    {
        draft.entry(&row.fields[0], target(EntryKind::Place, i));
    }
    for (i, row) in rows(Table::Offices) {
        draft.offices.add(key::fold(&row.fields[0]), u32_of(i));
    }
    draft.add_places(&tables[Table::Places as usize], &tables[Table::States as usize]);
    draft.add_people(&tables[Table::People as usize]);
    draft
}

impl Draft {
    fn entry(&mut self, name: &str, target: u32) {
        let key = key::squeeze(name);
        if key.len() >= 4 && key.chars().any(char::is_lowercase) {
            self.shouted.add(key.to_uppercase(), target);
        }
        self.exact.add(key, target);
    }

    /// Of places that share a name those come first that are no town or unit, then those that need the least around them, then capitals,
    /// then the most populous.
    fn add_places(&mut self, places: &[Row], states: &[Row]) {
        let capitals: BTreeSet<(String, &str)> = states
            .iter()
            .flat_map(|state| state.list(5).map(|name| (key::fold(name), state.fields[0].as_str())))
            .collect();
        let rank = |row: &Row| {
            let capital = capitals.contains(&(key::fold(&row.fields[0]), row.fields[1].as_str()));
            let population = row.fields[4].parse::<u64>().unwrap_or(0);
            (
                matches!(row.fields[3].as_str(), "city" | "unit"),
                row.fields[8].clone(),
                !capital,
                Reverse(population),
            )
        };
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_cached_key(|&i| (rank(&places[i]), i));
        for i in order {
            for name in std::iter::once(places[i].fields[0].as_str()).chain(places[i].list(7)) {
                self.places.add(key::fold(name), u32_of(i));
            }
        }
    }

    /// A person is known by the first of their rows.
    fn add_people(&mut self, people: &[Row]) {
        let mut first = 0;
        for rows in people.chunk_by(|a, b| a.fields[0] == b.fields[0]) {
            let (row, number) = (&rows[0], u32_of(first));
            for name in std::iter::once(row.fields[5].as_str()).chain(row.list(7)) {
                self.people.add(key::fold(name), number);
                self.people.add(key::unordered(name), number);
            }
            surnames(row).into_iter().for_each(|surname| self.surnames.add(surname, number));
            let bodies = rows.iter().map(|row| row.fields[2].as_str()).filter(|body| !body.is_empty());
            for code in bodies.chain([row.fields[8].as_str()]).collect::<BTreeSet<_>>() {
                self.serving.add(code.to_owned(), number);
            }
            first += rows.len();
        }
    }
}

/// The keys of what a person is called by: the surname, it without the article, "Assad", and as other spellings of the whole name end,
/// "Zelensky" for Zelenskyy.
fn surnames(row: &Row) -> BTreeSet<String> {
    let surname = row.fields[6].to_lowercase();
    let article = ["al-", "el-", "al ", "el "].into_iter().find_map(|article| surname.strip_prefix(article));
    let bare = key::fold(article.unwrap_or(&surname));
    let spelt = |name: &str| {
        let mut words = name.split([' ', '-']).map(key::fold);
        // "Kim Jong Un" ends in no surname.
        let ends = words.next().filter(|first| *first != bare).and(words.next_back())?;
        let most = match bare.len() {
            ..5 => 0,
            5 => 1,
            6..9 => 2,
            _ => 3,
        };
        let begins = usize::from(ends.get(..1) != bare.get(..1));
        (bare.len() >= 5 && distance(&ends, &bare) + begins <= most).then_some(ends)
    };
    let mut out: BTreeSet<String> = row.list(7).filter_map(spelt).collect();
    out.extend([key::fold(&surname), bare]);
    out
}
