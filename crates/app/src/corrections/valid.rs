//! What a row may hold: codes of states and organisations, types, modes and codes of events.

use chancery_coder::knowledge::Knowledge;
use chancery_coder::knowledge::table::nearest;
use chancery_coder::ontology::Ontology;
use chancery_corpus::Row;
use chancery_model::{Event, Participant};

/// The tables that values are held against.
#[derive(Debug)]
pub(crate) struct Valid {
    knowledge: Knowledge,
    ontology: Ontology,
}

impl Valid {
    pub(crate) fn embedded() -> Self {
        Self { knowledge: Knowledge::embedded(), ontology: Ontology::embedded() }
    }

    /// What is wrong with the values of a row, and what comes nearest.
    pub(crate) fn row(&self, row: &Row) -> Result<(), String> {
        match row {
            Row::Role(row) if row.person.is_empty() || row.office.is_empty() => {
                Err("a role has a person and an office; 'chancery correct' adds one whole".to_owned())
            }
            Row::Role(row) => self.code(&row.country),
            Row::Meeting(row) => {
                if row.parties.is_empty() {
                    return Err("a meeting has parties; write 'parties' as NOR – CHL".to_owned());
                }
                row.country.as_deref().map_or(Ok(()), |code| self.code(code))?;
                row.parties.iter().try_for_each(|party| self.code(&party.code))
            }
            Row::Statement(row) => {
                [&row.speaker, &row.holder, &row.addressee].into_iter().try_for_each(|who| self.all(who))
            }
            Row::Event(row) => {
                self.event(row)?;
                [&row.actor, &row.recipient].into_iter().try_for_each(|who| self.all(who))
            }
        }
    }

    /// The row with what the tables tell of it: the code of a body, the office beneath its spelling.
    pub(crate) fn completed(&self, row: Row) -> Row {
        match row {
            Row::Role(mut role) => {
                role.organization = role.organization.map(body);
                let post = self.knowledge.post_of(&role);
                if role.post.as_ref().is_none_or(|known| known.name != post.name) {
                    role.post = Some(post);
                }
                Row::Role(role)
            }
            row => row,
        }
    }

    fn all(&self, who: &[Participant]) -> Result<(), String> {
        who.iter().try_for_each(|one| {
            self.code(&one.code)?;
            match &one.sector {
                Some(sector) if self.ontology.sector(sector).is_none() => {
                    Err(format!("there is no sector '{sector}'; it is one of PLOVER's, as GOV, REB or CVL"))
                }
                _ => Ok(()),
            }
        })
    }

    /// A state's code, or one of an organisation: `IGO:` and `ORG:` may name others than the tables have.
    fn code(&self, code: &str) -> Result<(), String> {
        if code.is_empty() || code.contains(':') || self.knowledge.state(code).is_some() {
            return Ok(());
        }
        let all: Vec<String> = self.knowledge.states().map(|state| state.code.to_owned()).collect();
        let wanted = code.to_uppercase();
        let near = nearest(&wanted, all.iter().map(String::as_str));
        let named = crate::codes::code(code).ok();
        let near = named.as_deref().or(near).map(|near| format!("; did you mean '{near}'?"));
        let hint = "; write three letters as in NOR, IGO:UN or ORG:Hamas".to_owned();
        Err(format!("there is no state '{code}'{}", near.unwrap_or(hint)))
    }

    fn event(&self, event: &Event) -> Result<(), String> {
        let or =
            |near: Option<&str>, list: String| near.map_or(list, |near| format!("; did you mean '{near}'?"));
        let names = || self.ontology.types().iter().map(|t| t.name.as_str());
        let Some(type_) = self.ontology.plover(&event.plover) else {
            let all = format!("; it is one of {}", names().collect::<Vec<_>>().join(", "));
            let near = or(nearest(&event.plover.to_uppercase(), names()), all);
            return Err(format!("there is no type '{}'{near}", event.plover));
        };
        if let Some(mode) = event.mode.as_ref().filter(|mode| !type_.modes.contains(mode)) {
            let modes = || type_.modes.iter().map(String::as_str);
            let all = if type_.modes.is_empty() { "none".to_owned() } else { type_.modes.join(", ") };
            let near = or(nearest(mode, modes()), format!("; it has {all}"));
            return Err(format!("{} has no mode '{mode}'{near}", type_.name));
        }
        if let Some(code) = event.cameo.as_ref().filter(|code| self.ontology.cameo(code).is_none()) {
            let codes = self.ontology.codes().iter();
            let of_type: Vec<&str> =
                codes.filter(|c| c.plover.as_ref() == Some(&type_.name)).map(|c| c.code.as_str()).collect();
            let hint = format!("; {} has {}", type_.name, of_type.join(", "));
            return Err(format!("there is no CAMEO code '{code}'{hint}"));
        }
        let contexts = || self.ontology.contexts();
        if let Some(context) =
            event.contexts.iter().find(|context| !contexts().any(|known| known == *context))
        {
            let all = format!("; it is one of {}", contexts().collect::<Vec<_>>().join(", "));
            return Err(format!("there is no context '{context}'{}", or(nearest(context, contexts()), all)));
        }
        Ok(())
    }
}

/// The code of a body that is named: `IGO:UN` for UN, and where the tables do not know it `ORG:` and its name.
fn body(name: String) -> String {
    if name.contains(':') {
        return name;
    }
    crate::codes::code(&name).unwrap_or_else(|_| format!("ORG:{name}"))
}
