//! Words of time: `data/languages/en/times.toml` and `holidays.csv`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::calendar::Unit;
use super::holidays::Holiday;
use crate::words::{WordList, WordMap};

/// What a word may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    Month,
    Weekday,
    Weekdays,
    Season,
    Unit,
    Number,
    Ordinal,
    Scale,
    Vague,
    Tens,
    Step,
    Near,
    Today,
    Part,
    Edge,
    LateOrEarly,
    Daypart,
    Often,
    Quarter,
    HalfYear,
    Half,
    Fiscal,
}

impl Class {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Fiscal as usize + 1;
}

/// The table `[words]`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Words {
    plain: Vec<String>,
    pub(super) to_come: WordList,
    pub(super) looking_back: WordList,
    #[serde(flatten)]
    classes: BTreeMap<Class, BTreeMap<String, Vec<String>>>,
}

/// A word that rules know: what it may stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) senses: Vec<(Class, i64)>,
    /// Whether it is a time only with a capital.
    pub(super) plain: bool,
    pub(super) plural: bool,
}

/// All words that rules know, by number. 0 is any other word.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    ids: WordMap<u16>,
    entries: Vec<Entry>,
    /// The words of each class.
    classes: BTreeMap<Class, Vec<u16>>,
    pub(super) holidays: Vec<Holiday>,
    /// The names of the holidays in the numbers of their words.
    pub(super) holiday_names: Vec<Vec<u16>>,
    /// The number of the apostrophe, which may be missing from such a name.
    pub(super) apostrophe: u16,
}

impl Vocabulary {
    pub(super) fn new(words: &Words, holidays: Vec<Holiday>) -> Self {
        let mut vocabulary = Self { entries: vec![Entry::default()], ..Self::default() };
        for (class, values) in &words.classes {
            for (value, forms) in values {
                let value = number(value);
                for form in forms {
                    let id = vocabulary.add(form);
                    vocabulary.entries[usize::from(id)].senses.push((*class, value));
                    vocabulary.classes.entry(*class).or_default().push(id);
                }
            }
        }
        for form in &words.plain {
            let id = vocabulary.add(form);
            vocabulary.entries[usize::from(id)].plain = true;
        }
        for holiday in &holidays {
            let name = holiday.words.iter().map(|word| vocabulary.add(word)).collect();
            vocabulary.holiday_names.push(name);
        }
        vocabulary.apostrophe = vocabulary.add("'");
        // "1990s"
        vocabulary.add("s");
        vocabulary.holidays = holidays;
        vocabulary
    }

    /// The number of a word, which is known from now on.
    pub(super) fn add(&mut self, word: &str) -> u16 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = u16::try_from(self.entries.len()).unwrap_or_default();
        self.ids.insert(word.to_owned(), id);
        self.entries.push(Entry { plural: word.ends_with('s'), ..Entry::default() });
        id
    }

    pub(super) fn id(&self, word: &str) -> u16 {
        self.ids.get(word).copied().unwrap_or_default()
    }

    /// The words of a class.
    pub(super) fn of_class(&self, class: Class) -> &[u16] {
        self.classes.get(&class).map_or(&[], Vec::as_slice)
    }

    /// How many words there are, with the one that stands for all others.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The words, each with its number.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u16)> {
        self.ids.iter().map(|(word, id)| (word.as_str(), *id))
    }

    pub(super) fn entry(&self, id: u16) -> &Entry {
        &self.entries[usize::from(id)]
    }
}

/// A value as it is written: a figure, the name of a unit, an ISO 8601 period.
fn number(value: &str) -> i64 {
    let period = || {
        let (count, unit) = value.strip_prefix('P')?.split_at_checked(value.len() - 2)?;
        let unit = [("D", Unit::Day), ("W", Unit::Week), ("M", Unit::Month), ("Y", Unit::Year)]
            .into_iter()
            .find(|(letter, _)| *letter == unit)?
            .1;
        Some(count.parse::<i64>().ok()? * 100 + unit as i64)
    };
    let unit = || Unit::ALL.into_iter().find(|u| u.name() == value).map(|u| u as i64);
    value.parse().ok().or_else(unit).or_else(period).unwrap_or_default()
}
