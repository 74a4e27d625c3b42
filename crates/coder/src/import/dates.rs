//! Dates of a dictionary: `850311`, `19850311`, `<850311`, `>850311`, `850311-911225`.

use chancery_model::Date;

/// Years of two digits up to this one are of this century.
const THIS_CENTURY: i16 = 39;

/// Whatever stands behind a code between brackets, as first and last day.
pub(super) fn span(words: &str) -> Result<(Option<Date>, Option<Date>), String> {
    let words = words.trim();
    if words.is_empty() {
        return Ok((None, None));
    }
    if let Some(last) = words.strip_prefix('<') {
        return Ok((None, Some(day(last)?)));
    }
    if let Some(first) = words.strip_prefix('>') {
        return Ok((Some(day(first)?), None));
    }
    let Some((first, last)) = words.split_once('-') else {
        let message = format!("'{words}' is no span of time; write <YYMMDD, >YYMMDD or YYMMDD-YYMMDD");
        return Err(message);
    };
    let (first, last) = (day(first)?, day(last)?);
    if last < first {
        return Err(format!("the span ends on {last}, before it begins on {first}; swap or mend its dates"));
    }
    Ok((Some(first), Some(last)))
}

/// One date of six or eight digits.
fn day(digits: &str) -> Result<Date, String> {
    let digits = digits.trim();
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<i16>().ok());
    let (year, rest) = match digits.len() {
        6 => {
            let year = number(digits.get(..2)).map(|y| if y <= THIS_CENTURY { 2000 + y } else { 1900 + y });
            (year, digits.get(2..))
        }
        8 => (number(digits.get(..4)), digits.get(4..)),
        _ => (None, None),
    };
    let (true, Some(year), Some(rest)) = (digits.bytes().all(|b| b.is_ascii_digit()), year, rest) else {
        return Err(format!("'{digits}' is no date; write YYMMDD or YYYYMMDD"));
    };
    let (month, day) = (rest[..2].parse().unwrap_or(0), rest[2..].parse().unwrap_or(0));
    Date::day(year, month, day).ok_or_else(|| match Date::month(year, month).map(Date::last) {
        Some(last) if day > 28 => format!("'{digits}' is no day; that month ends on {last}"),
        Some(_) => format!("'{digits}' has no day; write one from 01 to 31 at its end"),
        None => format!("'{digits}' has month {month}; write one from 01 to 12"),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn spans_may_be_open_and_years_short() {
        let said = |words| span(words).map(|(a, b)| (a.map(|d| d.to_string()), b.map(|d| d.to_string())));
        let day = |d: &str| Some(d.to_owned());
        assert_eq!(said(">991231"), Ok((day("1999-12-31"), None)));
        assert_eq!(said("<20130105"), Ok((None, day("2013-01-05"))));
        assert_eq!(said("000101-050607"), Ok((day("2000-01-01"), day("2005-06-07"))));
        assert_eq!(said(""), Ok((None, None)));
    }

    #[test]
    fn a_day_that_is_none_is_told_with_what_would_be_right() {
        assert_eq!(span(">20130231").unwrap_err(), "'20130231' is no day; that month ends on 2013-02-28");
        assert_eq!(span("<991332").unwrap_err(), "'991332' has month 13; write one from 01 to 12");
        assert!(span("050607-000101").unwrap_err().contains("before it begins"));
        assert!(span("1999").unwrap_err().contains("no span of time"));
        assert!(span(">1999-x").unwrap_err().contains("no date"));
    }
}
