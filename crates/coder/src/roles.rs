//! Who held which office, as stated: once a document and office, party and state offices apart.

use chancery_model::{Document, Identity, Provenance, Role, Standing, Term};

use crate::cast::{Person, Stated};
use crate::fold::fold_words;
use crate::knowledge::{Entry, EntryKind, Knowledge};
use crate::posts;
use crate::resolve::Reader;
use crate::scan::Kind;

/// The roles of a document, in the order in which persons and offices are first stated, and what the tables say of them.
pub(crate) fn roles(reader: &Reader, people: &[Identity]) -> (Vec<Role>, Vec<Term>) {
    let mut out: Vec<Role> = Vec::new();
    for (p, person) in reader.cast.persons.iter().enumerate() {
        for stated in &person.offices {
            add(&mut out, reader, person, stated);
        }
        if !out.iter().any(|r| r.person == person.full)
            && let Some(stated) = by_title(reader, p)
        {
            add(&mut out, reader, person, &stated);
        }
    }
    out.sort_by_key(|r| r.quote.start);
    let day = reader.document.reference_date();
    let terms = posts::terms(reader.knowledge, (&reader.cast, people), &out, day);
    for (i, role) in out.iter_mut().enumerate() {
        role.id = format!("r{}", i + 1);
        let known = people.iter().find(|known| known.name == role.person);
        if let Some(why) = known.and_then(|known| posts::reason(known, role, &terms, day)) {
            role.provenance.push(Provenance {
                field: "person".into(),
                sentence: role.provenance[0].sentence,
                spans: vec![],
                rule: "identify#person".into(),
                why: Some(why),
            });
        }
    }
    (out, terms)
}

fn add(out: &mut Vec<Role>, reader: &Reader, person: &Person, stated: &Stated) {
    let office = shorten(&stated.office);
    let words = fold_words(&office);
    let same = |r: &Role| {
        let held = fold_words(&r.office);
        r.person == person.full
            && (held == words
                || words.len() == 1 && held.contains(&words[0]) && !held.contains(&"vice".to_owned()))
    };
    if words.is_empty() {
        return;
    }
    if let Some(known) = out.iter_mut().find(|r| same(r)) {
        if known.organization.is_none() {
            known.organization.clone_from(&organization(reader.knowledge, stated));
        }
        return;
    }
    let country = match (&stated.country, &stated.body) {
        (Some(c), _) => c.clone(),
        (None, Some(b)) if b.starts_with("IGO:") => b.clone(),
        (None, Some(_)) if person.country.is_empty() => reader.cast.home.clone().unwrap_or_default(),
        _ => person.country.clone(),
    };
    let mut provenance = vec![Provenance {
        field: "row".into(),
        sentence: u32::try_from(stated.sentence + 1).unwrap_or(u32::MAX),
        spans: vec![stated.quote],
        rule: format!("roles#{}", stated.rule),
        why: None,
    }];
    if stated.country.is_none() && !person.why.is_empty() {
        provenance.push(Provenance {
            field: "country".into(),
            sentence: u32::try_from(stated.sentence + 1).unwrap_or(u32::MAX),
            spans: vec![],
            rule: format!("roles#{}", stated.rule),
            why: Some(person.why.clone()),
        });
    }
    let organization = organization(reader.knowledge, stated);
    let code = posts::served(organization.as_deref(), &country);
    let mut post = posts::post(reader.knowledge, &office, code);
    if stated.former {
        post.standing = Standing::Former;
    }
    post.single &= !stated.regional;
    out.push(Role {
        id: String::new(),
        person: person.full.clone(),
        office,
        organization,
        country,
        post: Some(post),
        quote: stated.quote,
        provenance,
    });
}

fn organization(knowledge: &Knowledge, stated: &Stated) -> Option<String> {
    let body = stated.body.as_ref()?;
    Some(knowledge.organization(body).map_or_else(|| body.clone(), |o| o.code.to_owned()))
}

/// The office without articles.
fn shorten(office: &str) -> String {
    let mut words = office;
    for article in ["the ", "The ", "a ", "an "] {
        words = words.strip_prefix(article).unwrap_or(words);
    }
    words.to_owned()
}

/// "The President of Russia met …; Vladimir Putin declared …": a title that stands for a person named elsewhere.
fn by_title(reader: &Reader, p: usize) -> Option<Stated> {
    let person = &reader.cast.persons[p];
    for (s, items) in reader.cast.items.iter().enumerate() {
        let tree = &reader.trees[s];
        for item in items {
            let Kind::Office(office) = &item.kind else { continue };
            let span = tree.span(office.words.0).cover(tree.span(office.words.1));
            let taken = reader
                .cast
                .persons
                .iter()
                .any(|q| q.offices.iter().any(|o| o.sentence == s && o.words.overlaps(span)));
            let words = fold_words(&tree.words(span));
            let fits = office.country.as_ref().is_none_or(|c| *c == person.country)
                && (office.country.is_some() || reader.cast.home.as_ref() == Some(&person.country))
                && office.body.is_none();
            if !taken && fits && reader.known_to_hold(p, &words, reader.document.reference_date()) {
                return Some(Stated {
                    office: tree.words(span),
                    country: Some(person.country.clone()),
                    body: None,
                    sentence: s,
                    quote: tree.span(item.words.0).cover(tree.span(item.words.1)),
                    words: span,
                    former: office.former,
                    regional: office.regional,
                    rule: "title-for-person",
                });
            }
        }
    }
    None
}

/// The state or organisation that publishes, where the tables know it: the first that is named. A seat or body of a state speaks only
/// where none is, since several states may call one so: "Executive Office of the President (Russia)".
pub(crate) fn publisher(document: &Document, knowledge: &Knowledge) -> Option<String> {
    let publisher = document.source.publisher.as_deref()?;
    let words: Vec<&str> = publisher.split_whitespace().collect();
    let named = || (0..words.len()).filter_map(|i| knowledge.longest(&words[i..])).map(|(_, entry)| entry);
    let speaks = |entry: &Entry| match entry.code.split_once(':') {
        Some((kind, _)) => kind == "IGO",
        None => !matches!(entry.kind, EntryKind::Seat | EntryKind::Organization) && entry.code.len() == 3,
    };
    let body_of = |entry: Entry| match entry.code.len() {
        3 => Some(entry.code.to_owned()),
        _ => knowledge.organization(entry.code).map(|o| o.country.to_owned()).filter(|c| c.len() == 3),
    };
    named().find(speaks).map(|entry| entry.code.to_owned()).or_else(|| named().find_map(body_of))
}

/// The publisher's own state.
pub(crate) fn publisher_state(document: &Document, knowledge: &Knowledge) -> Option<String> {
    publisher(document, knowledge).filter(|code| code.len() == 3)
}

/// Labels under which governments keep their addresses, before the state's own: "mea.gov.in", "mofa.go.jp", "gob.mx".
const GOVERNMENT: [&str; 9] = ["gov", "go", "gob", "gouv", "gub", "gc", "govt", "government", "mil"];

/// The state whose government keeps an address: "gov.uk", "mea.gov.in"; one without a state at its end is the United States'.
fn state_of_host(address: &str, knowledge: &Knowledge) -> Option<String> {
    let (rest, last) = address.rsplit_once('.')?;
    if matches!(last, "gov" | "mil") {
        return Some("USA".to_owned());
    }
    let alpha2 = if last == "uk" { "GB".to_owned() } else { last.to_uppercase() };
    if !rest.split('.').any(|label| GOVERNMENT.contains(&label)) {
        return None;
    }
    knowledge.states().find(|state| state.alpha2 == alpha2).map(|state| state.code.to_owned())
}

/// The state whose seat the publisher's address names, "en.kremlin.ru", or whose government keeps it.
pub(crate) fn state_of_address(document: &Document, knowledge: &Knowledge) -> Option<String> {
    let address = document.source.publisher.as_deref().filter(|p| !p.contains(char::is_whitespace))?;
    let seat = address.split('.').find_map(|part| {
        let (first, rest) = part.split_at_checked(1)?;
        let (_, entry) = knowledge.longest(&[format!("{}{rest}", first.to_uppercase()).as_str()])?;
        (entry.kind == EntryKind::Seat && entry.code.len() == 3).then(|| entry.code.to_owned())
    });
    seat.or_else(|| state_of_host(address, knowledge))
}
