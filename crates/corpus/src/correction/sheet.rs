//! Corrections, and decisions on links, as JSON lines: for other records, other tools and people.

use serde_json::{Map, Value, json};

use super::{Correction, Layer, Row, Verdict};
use crate::link::{Decision, Named, Ruling};

impl Correction {
    /// As one JSON object; [`Correction::from_json`] reads it back equal but for its number and what the record adds.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut line = Map::new();
        line.insert("id".into(), self.name.clone().into());
        line.insert("key".into(), self.key.clone().into());
        line.insert("layer".into(), self.layer().word().into());
        line.insert("verdict".into(), self.verdict.word().into());
        line.insert("who".into(), self.who.clone().into());
        line.insert("when".into(), self.made.clone().into());
        for (key, text) in [("note", &self.note), ("undone", &self.undone)] {
            text.iter().for_each(|text| drop(line.insert(key.into(), text.clone().into())));
        }
        if self.settles {
            line.insert("settles".into(), true.into());
        }
        for (key, row) in [("found", &self.found), ("given", &self.given)] {
            row.iter().for_each(|row| drop(line.insert(key.into(), json!(row))));
        }
        Value::Object(line)
    }

    /// Read back what [`Correction::to_json`] wrote.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn from_json(line: &Value) -> Result<Self, String> {
        let text = |key: &str| {
            let text = line[key].as_str().filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| format!("no '{key}'"))
        };
        let key = text("key")?;
        if key.len() != 64 || !key.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()) {
            return Err("'key' is no SHA-256; it is that of the document's text, in hexadecimal".to_owned());
        }
        let layer = text("layer")?;
        let layer = Layer::of(&layer)
            .ok_or_else(|| format!("'layer' is '{layer}'; it is one of role, meeting, statement, event"))?;
        let verdict = text("verdict")?;
        let verdict = Verdict::of(&verdict)
            .ok_or_else(|| format!("'verdict' is '{verdict}'; it is one of accept, edit, reject, add"))?;
        let row = |key: &str| match &line[key] {
            Value::Null => Ok(None),
            row => {
                Row::parse(layer, row).map(Some).map_err(|e| format!("'{key}' is no {}: {e}", layer.word()))
            }
        };
        let (found, given) = (row("found")?, row("given")?);
        let whole = match verdict {
            Verdict::Add => given.is_some(),
            Verdict::Reject => found.is_some() && given.is_none(),
            Verdict::Accept | Verdict::Edit => found.is_some() && given.is_some(),
        };
        if !whole {
            let needs = match verdict {
                Verdict::Add => "'given'",
                Verdict::Reject => "'found', and no 'given'",
                Verdict::Accept | Verdict::Edit => "'found' and 'given'",
            };
            return Err(format!("'{}' needs {needs}", verdict.word()));
        }
        Ok(Self {
            number: 0,
            key,
            name: text("id")?,
            verdict,
            who: text("who")?,
            made: text("when")?,
            found,
            given,
            note: text("note").ok(),
            settles: line["settles"].as_bool().unwrap_or(false),
            undone: text("undone").ok(),
            row: None,
            words: None,
            counts: false,
        })
    }
}

impl Decision {
    /// As one JSON object; [`Decision::from_json`] reads it back equal but for its number and what the record adds.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let account = |a: &Named| {
            json!({
                "side": a.side, "key": a.key, "id": a.name, "from": a.date_from, "to": a.date_to,
                "parties": a.parties, "quote": a.quote,
            })
        };
        let accounts: Vec<Value> = self.accounts.iter().map(account).collect();
        json!({ "link": self.ruling.word(), "when": self.decided, "accounts": accounts })
    }

    /// Read back what [`Decision::to_json`] wrote.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn from_json(line: &Value) -> Result<Self, String> {
        let word = line["link"].as_str().unwrap_or_default();
        let ruling = Ruling::of(word).ok_or_else(|| format!("'link' is '{word}'; it is 'one' or 'apart'"))?;
        let decided = line["when"].as_str().ok_or("no 'when'")?.to_owned();
        let account = |account: &Value| {
            let text = |key: &str| account[key].as_str().map(str::to_owned);
            let need = |key: &str| text(key).ok_or_else(|| format!("an account has no '{key}'"));
            let side = match account["side"].as_u64() {
                Some(1) => 1,
                Some(2) if ruling == Ruling::Apart => 2,
                _ => return Err("'side' is neither 1 nor, of what is apart, 2".to_owned()),
            };
            Ok(Named {
                side,
                key: need("key")?,
                name: need("id")?,
                date_from: text("from"),
                date_to: text("to"),
                parties: need("parties")?,
                quote: need("quote")?,
                account: None,
            })
        };
        let accounts = line["accounts"].as_array().map(Vec::as_slice).unwrap_or_default();
        let accounts: Vec<Named> = accounts.iter().map(account).collect::<Result<_, String>>()?;
        if accounts.len() < 2 {
            return Err("'accounts' needs two accounts or more".to_owned());
        }
        Ok(Self { number: 0, ruling, decided, accounts })
    }
}
