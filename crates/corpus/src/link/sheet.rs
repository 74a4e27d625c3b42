//! Decisions on links as CSV: one row for each account.

use super::decision::{Decision, Named, Ruling};

const COLUMNS: [&str; 10] =
    ["number", "ruling", "decided", "side", "key", "name", "date_from", "date_to", "parties", "quote"];

/// The decisions as CSV, the columns of the view `decisions`.
#[must_use]
pub fn decisions_to_csv(decisions: &[Decision]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for decision in decisions {
        rows.extend(decision.accounts.iter().map(|account| {
            [
                decision.number.to_string(),
                decision.ruling.word().to_owned(),
                decision.decided.clone(),
                account.side.to_string(),
                account.key.clone(),
                account.name.clone(),
                account.date_from.clone().unwrap_or_default(),
                account.date_to.clone().unwrap_or_default(),
                account.parties.clone(),
                account.quote.clone(),
            ]
        }));
    }
    for row in rows {
        writer.write_record(&row).expect("memory does not fail");
    }
    String::from_utf8(writer.into_inner().expect("memory does not fail")).expect("text was written")
}

/// The decisions that the CSV holds; what is wrong with it, with the line, where it holds none.
///
/// # Errors
/// A column is missing, or a row is no row of a decision.
pub fn decisions_from_csv(text: &str) -> Result<Vec<Decision>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut at = [0; COLUMNS.len()];
    for (place, column) in at.iter_mut().zip(COLUMNS) {
        let found = header.iter().position(|name| name == column);
        *place = found.ok_or_else(|| {
            format!("no column '{column}'; 'chancery links --format csv' writes such a file")
        })?;
    }
    let mut decisions: Vec<Decision> = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| e.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let wrong = |what: &str| format!("line {line}: {what}");
        let cell = |column: usize| row.get(at[column]).unwrap_or_default().to_owned();
        let number: u32 = cell(0).parse().map_err(|_| wrong("'number' is no number"))?;
        let ruling = Ruling::of(&cell(1)).ok_or_else(|| wrong("'ruling' is neither 'one' nor 'apart'"))?;
        let side = match cell(3).as_str() {
            "1" => 1,
            "2" if ruling == Ruling::Apart => 2,
            _ => return Err(wrong("'side' is neither 1 nor, of what is apart, 2")),
        };
        let date = |column| Some(cell(column)).filter(|date| !date.is_empty());
        let account = Named {
            side,
            key: cell(4),
            name: cell(5),
            date_from: date(6),
            date_to: date(7),
            parties: cell(8),
            quote: cell(9),
            account: None,
        };
        match decisions.last_mut() {
            Some(last) if last.number == number => last.accounts.push(account),
            _ => decisions.push(Decision { number, ruling, decided: cell(2), accounts: vec![account] }),
        }
    }
    Ok(decisions)
}
