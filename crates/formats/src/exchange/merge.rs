//! What a row of the record becomes by a row of a reading.

use chancery_model::{Document, Event, Meeting, Role, Span, Statement};
use serde_json::{Map, Value};

use crate::write::Annotator;

/// Fields that are none where a row of annotations leaves them out; what else it leaves out it does not speak of.
const NONE_IF_MISSING: [&str; 6] = ["place", "organization", "mode", "cameo", "planned", "country"];

/// Which fields a row of a reading speaks of. Two rows are compared as annotations tell them, so that nothing differs merely because
/// annotations cannot say it.
#[derive(Debug)]
pub struct Said<'a> {
    annotator: Annotator<'a>,
}

struct Differing<'a> {
    said: &'a Map<String, Value>,
    base: Value,
    given: Value,
}

impl Differing<'_> {
    fn any(&self, keys: &[&str]) -> bool {
        // A row that a tool marked says what it has, and no more.
        let none = |key: &str| !self.said.contains_key("bytes") && NONE_IF_MISSING.contains(&key);
        let speaks = |key: &&&str| self.said.contains_key(**key) || none(key);
        keys.iter().filter(speaks).any(|key| self.base[*key] != self.given[*key])
    }
}

impl<'a> Said<'a> {
    /// For readings of this document.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        Self { annotator: Annotator::new(document) }
    }

    /// The role with what the reading says of it.
    #[must_use]
    pub fn role(&self, base: &Role, given: &Role, said: &Map<String, Value>) -> Role {
        let differing =
            Differing { said, base: self.annotator.role(base), given: self.annotator.role(given) };
        let mut row = base.clone();
        let take = |key| differing.any(&[key]);
        put(take("person"), &mut row.person, &given.person);
        put(take("office"), &mut row.office, &given.office);
        put(take("organization"), &mut row.organization, &given.organization);
        // Of one who serves an organisation the country may be left out.
        put(take("country") && said.contains_key("country"), &mut row.country, &given.country);
        put(!meet(&[base.quote], &[given.quote]), &mut row.quote, &given.quote);
        row
    }

    /// The meeting with what the reading says of it.
    #[must_use]
    pub fn meeting(&self, base: &Meeting, given: &Meeting, said: &Map<String, Value>) -> Meeting {
        let differing =
            Differing { said, base: self.annotator.meeting(base), given: self.annotator.meeting(given) };
        let mut row = base.clone();
        let take = |key| differing.any(&[key]);
        put(take("format"), &mut row.format, &given.format);
        put(differing.any(&["from", "to"]), &mut row.when, &given.when);
        put(take("place"), &mut row.place, &given.place);
        put(take("country"), &mut row.country, &given.country);
        put(take("parties"), &mut row.parties, &given.parties);
        put(take("told"), &mut row.told, &given.told);
        put(take("planned"), &mut row.planned, &given.planned);
        put(!meet(&[base.quote], &[given.quote]), &mut row.quote, &given.quote);
        row
    }

    /// The statement with what the reading says of it.
    #[must_use]
    pub fn statement(&self, base: &Statement, given: &Statement, said: &Map<String, Value>) -> Statement {
        let differing =
            Differing { said, base: self.annotator.statement(base), given: self.annotator.statement(given) };
        let mut row = base.clone();
        let take = |key| differing.any(&[key]);
        put(take("act"), &mut row.act, &given.act);
        put(take("speaker"), &mut row.speaker, &given.speaker);
        put(take("holder"), &mut row.holder, &given.holder);
        put(take("addressee"), &mut row.addressee, &given.addressee);
        put(take("polarity"), &mut row.polarity, &given.polarity);
        put(take("topics"), &mut row.topics, &given.topics);
        put(take("manner"), &mut row.manner, &given.manner);
        let elsewhere = !base.cue.is_empty() && !given.cue.is_empty() && !meet(&base.cue, &given.cue);
        put(take("cue") || elsewhere, &mut row.cue, &given.cue);
        put(take("content") || !meet(&base.content, &given.content), &mut row.content, &given.content);
        row
    }

    /// The event with what the reading says of it.
    #[must_use]
    pub fn event(&self, base: &Event, given: &Event, said: &Map<String, Value>) -> Event {
        let differing =
            Differing { said, base: self.annotator.event(base), given: self.annotator.event(given) };
        let mut row = base.clone();
        let take = |key| differing.any(&[key]);
        put(take("plover"), &mut row.plover, &given.plover);
        put(take("mode"), &mut row.mode, &given.mode);
        put(take("cameo"), &mut row.cameo, &given.cameo);
        put(take("contexts"), &mut row.contexts, &given.contexts);
        put(take("actor"), &mut row.actor, &given.actor);
        put(take("recipient"), &mut row.recipient, &given.recipient);
        put(differing.any(&["from", "to"]), &mut row.when, &given.when);
        put(take("place"), &mut row.place, &given.place);
        put(take("modality"), &mut row.modality, &given.modality);
        put(!meet(&[base.quote], &[given.quote]), &mut row.quote, &given.quote);
        row
    }
}

fn put<T: Clone>(differs: bool, field: &mut T, given: &T) {
    if differs {
        given.clone_into(field);
    }
}

fn meet(one: &[Span], other: &[Span]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.overlaps(*b)))
}
