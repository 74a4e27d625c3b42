//! Codes of states and organisations as people write them: `CHN`, `chn`, `China`, `IGO:UN`.

use std::str::FromStr;

use chancery_coder::knowledge::Knowledge;

/// The parties of a series, `USA-CHN`: their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Codes(pub(crate) Vec<String>);

impl FromStr for Codes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A name may hold a hyphen: "Guinea-Bissau".
        if let Ok(one) = code(text) {
            return Ok(Self(vec![one]));
        }
        text.split('-').map(code).collect::<Result<_, _>>().map(Self)
    }
}

/// The code that is written or that a name stands for. What has the form of an organisation's code is taken as it is.
pub(crate) fn code(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.contains(':') {
        return Ok(text.to_owned());
    }
    let known = Knowledge::embedded();
    let upper = text.to_uppercase();
    if known.state(&upper).is_some() {
        return Ok(upper);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = known.longest(&words).filter(|(n, _)| *n == words.len());
    match named {
        Some((_, entry)) if !entry.code.is_empty() => Ok(entry.code.to_owned()),
        _ => Err(format!(
            "no state or organisation is called '{text}'; write a code or a name, as in CHN, China or IGO:UN"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_their_codes() {
        for (text, wanted) in [
            ("CHN", "CHN"),
            ("chn", "CHN"),
            ("China", "CHN"),
            ("Saudi Arabia", "SAU"),
            ("ORG:Hamas", "ORG:Hamas"),
        ] {
            assert_eq!(code(text).as_deref(), Ok(wanted));
        }
        assert!(code("Zzz").is_err());
    }

    #[test]
    fn a_series_is_codes_or_names_with_hyphens_between() {
        let codes = |text: &str| text.parse::<Codes>().map(|c| c.0);
        assert_eq!(codes("USA-china"), Err("no state or organisation is called 'china'; write a code or a name, as in CHN, China or IGO:UN".to_owned()));
        assert_eq!(codes("USA-China"), Ok(vec!["USA".to_owned(), "CHN".to_owned()]));
        assert_eq!(codes("Guinea-Bissau"), Ok(vec!["GNB".to_owned()]));
    }
}
