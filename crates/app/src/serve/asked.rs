//! What an address asks for.

use chancery_corpus::Filter;
use chancery_model::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::fault::Fault;

/// What may stand in an address as it is (RFC 3986, unreserved).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The named parts of an address, decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The address of the page without ending and without what follows the question mark.
    pub(super) path: String,
    /// What stands in the place of `{id}`.
    pub(super) id: String,
    /// Who asks: in whose name corrections are made.
    pub(super) who: String,
    query: Vec<(String, String)>,
}

impl Asked {
    /// `query` is what follows the question mark, as sent.
    pub(super) fn new(path: &str, id: String, query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        let query = pairs.filter(|(_, value)| !value.trim().is_empty());
        Self { path: path.to_owned(), id, who: String::new(), query: query.collect() }
    }

    /// What is given for a name; nothing where it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// All that is given for a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// A day, month or year.
    pub(super) fn date(&self, name: &str) -> Result<Option<Date>, Fault> {
        let wrong = |text: &str| {
            Fault::asked(format!(
                "{name}: '{text}' is no date; a day, month or year is meant, as 2025-10-09, 2025-10 or 2025"
            ))
        };
        self.get(name).map(|text| text.parse().map_err(|_| wrong(text))).transpose()
    }

    /// A whole number within bounds, else the one that is given.
    pub(super) fn number(&self, name: &str, otherwise: usize, most: usize) -> Result<usize, Fault> {
        let wrong = |text: &str| Fault::asked(format!("{name}: '{text}' is no number from 1 to {most}"));
        self.get(name).map_or(Ok(otherwise), |text| match text.parse() {
            Ok(number) if (1..=most).contains(&number) => Ok(number),
            _ => Err(wrong(text)),
        })
    }

    /// Country (by code or name), person, from and to.
    pub(super) fn filter(&self) -> Result<Filter, Fault> {
        let country = self.get("country").map(|c| crate::codes::code(c).map_err(Fault::asked)).transpose()?;
        let person = self.get("person").map(str::to_owned);
        Ok(Filter { country, person, from: self.date("from")?, to: self.date("to")? })
    }

    /// The same address with another value for a name, or without it.
    pub(super) fn with(&self, name: &str, value: Option<&str>) -> String {
        self.address("", name, value)
    }

    /// The same rows in another form: `csv`, `json`.
    pub(super) fn form(&self, ending: &str) -> String {
        self.address(&format!(".{ending}"), "", None)
    }

    fn address(&self, ending: &str, name: &str, value: Option<&str>) -> String {
        let kept = self.query.iter().filter(|(key, _)| key != name).map(|(k, v)| (k.as_str(), v.as_str()));
        let pairs: Vec<(&str, &str)> = kept.chain(value.map(|value| (name, value))).collect();
        let path = if self.path == "/" && !ending.is_empty() { "/index" } else { &self.path };
        format!("{path}{ending}{}", query(&pairs))
    }
}

/// `?name=value&…`; nothing where there are none.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs);
    format!("?{}", out.finish())
}

/// A part of an address.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_not_asked_for() {
        let asked = Asked::new("/meetings", String::new(), "country=&person=%20Zo%C3%AB+Dahl&from=2031-03");
        assert_eq!(asked.get("country"), None);
        assert_eq!(asked.get("person"), Some("Zoë Dahl"));
        assert_eq!(asked.filter().map(|f| f.from.map(|d| d.to_string())), Ok(Some("2031-03".to_owned())));
    }

    #[test]
    fn a_wrong_date_says_what_would_be_right() {
        let asked = Asked::new("/meetings", String::new(), "from=yesterday");
        let fault = asked.filter().expect_err("it is no date");
        assert_eq!(fault.status, 400);
        assert!(fault.words.contains("'yesterday' is no date") && fault.words.contains("2025-10"));
    }

    #[test]
    fn an_address_changes_in_one_part() {
        let asked = Asked::new("/meetings", String::new(), "country=NOR&after=x");
        assert_eq!(asked.with("after", Some("a&b")), "/meetings?country=NOR&after=a%26b");
        assert_eq!(asked.with("after", None), "/meetings?country=NOR");
        assert_eq!(asked.form("csv"), "/meetings.csv?country=NOR&after=x");
        assert_eq!(Asked::new("/", String::new(), "").form("json"), "/index.json");
    }
}
