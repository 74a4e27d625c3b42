//! The offices that stand beside a name: titles before it, appositions after it, "as the chair of …".

use chancery_model::Upos;

use crate::cast::Stated;
use crate::knowledge::EntryKind;
use crate::scan::{Item, Kind, Office};
use crate::tree::Tree;

/// The offices that stand beside a name, and the state that a bare adjective gives ("Russia's Lavrov").
pub(crate) fn offices_beside(tree: &Tree, items: &[Item], name: usize) -> (Vec<Stated>, Option<String>) {
    let (a, b) = items[name].words;
    let mut out = Vec::new();
    let mut hint = None;
    // Before the name: "Foreign Minister of X Y", "Director of A and Foreign Minister Y", "the Prime Minister of X, Y".
    let mut at = name;
    let mut edge = a;
    while at > 0 {
        let before = &items[at - 1];
        match &before.kind {
            Kind::Honorific if before.words.1 + 1 == edge => {}
            Kind::Office(office) if out.is_empty() && title_before(tree, before, office, edge, a) => {
                out.push(stated(tree, office, before.words.0.min(office.words.0), b, "office-before-name"));
            }
            Kind::Office(office) if !out.is_empty() && of_another(tree, before, office, edge) => break,
            Kind::Office(office)
                if !out.is_empty() && only(tree, before.words.1 + 1, edge, &["and", ",", "also", "the"]) =>
            {
                out.push(stated(tree, office, before.words.0, b, "offices-joined"));
                // "The former President and Prime Minister of Israel"
                if office.former && only(tree, before.words.1 + 1, edge, &["and"]) {
                    out.iter_mut().for_each(|o| o.former = true);
                }
            }
            Kind::Actor { code, entry, .. }
                if at == name && before.words.1 + 1 == a && *entry == EntryKind::Demonym =>
            {
                hint = Some(code.clone());
                break;
            }
            _ => break,
        }
        edge = before.words.0;
        at -= 1;
    }
    // "People's Republic of China Director … and Foreign Minister Y": the state said once is the state of both.
    if let Some(country) = out.iter().find_map(|o| o.country.clone()) {
        for office in &mut out {
            if office.body.is_none() {
                office.country.get_or_insert_with(|| country.clone());
            }
        }
    }
    out.reverse();
    // A list of those present: "President Y, Argentine Republic - Prime Minister …".
    if let Some(Item { words, kind: Kind::Actor { code, .. } }) = items.get(name + 1) {
        let listed =
            words.1 + 1 >= tree.len() || matches!(tree.form(words.1 + 1), "-" | "–" | ";" | "•" | "*");
        let stateless = out.iter().all(|o| o.country.is_none() && o.body.is_none());
        if tree.len() > b + 1
            && tree.form(b + 1) == ","
            && only(tree, b + 2, words.0, &["the"])
            && listed
            && stateless
        {
            for office in &mut out {
                if code.contains(':') {
                    office.body = Some(code.clone())
                } else {
                    office.country = Some(code.clone())
                }
                office.quote = office.quote.cover(tree.span(words.1));
            }
        }
    }
    // After the name: "Y of X", "Y, general secretary of A and president of B".
    let mut next = name + 1;
    let mut edge = b + 1;
    if let Some(item) = items.get(next)
        && let Kind::Actor { code, entry, .. } = &item.kind
        && only(tree, edge, item.words.0, &["of", "the"])
        && tree.form(edge).eq_ignore_ascii_case("of")
    {
        for office in out.iter_mut().filter(|o| o.country.is_none() && o.body.is_none()) {
            office.regional = *entry == EntryKind::Place;
            if code.contains(':') {
                office.body = Some(code.clone())
            } else {
                office.country = Some(code.clone())
            }
            office.quote = office.quote.cover(tree.span(item.words.1));
        }
        hint = Some(code.clone());
        edge = item.words.1 + 1;
        next += 1;
    }
    while let Some(item) = items.get(next) {
        let Kind::Office(office) = &item.kind else { break };
        let start = office.words.0;
        let actor_first = items
            .get(next.wrapping_sub(1))
            .filter(|i| matches!(i.kind, Kind::Actor { .. }) && i.words.0 >= edge);
        let gap_end = actor_first.map_or(start, |i| i.words.0);
        let opened = tree.len() > edge && matches!(tree.form(edge), "," | "(" | "and");
        // "…, and the Chairperson of the Commission, Tewodros Alemu": the office of the next person.
        let end = after_bracket(tree, item.words.1 + 1);
        let lead = [",", "the", "h.e.", "mr.", "ms.", "dr.", "mr", "ms", "dr"];
        let mut after = items[next + 1..].iter().filter(|n| n.kind != Kind::Honorific && n.words.0 >= end);
        let next_is_name =
            after.next().is_some_and(|n| n.kind == Kind::Name && only(tree, end, n.words.0, &lead));
        // "Prime Minister Bennett, Foreign Minister and Alternate Prime Minister Lapid": who has a title needs none of the next person's.
        let joined = !out.is_empty()
            && matches!(items[next + 1..], [Item { words: (start, stop), kind: Kind::Office(_) }, ref then, ..]
                if then.kind == Kind::Name
                    && stop + 1 == then.words.0
                    && only(tree, end, start, &["and"]));
        // "Vladimir Putin and the Emir of Qatar" are two.
        let another = edge == b + 1 && tree.len() > edge && tree.form(edge) == "and";
        if next_is_name
            || joined
            || another
            || !opened
            || !only(
                tree,
                edge,
                gap_end,
                &[",", "also", "the", "a", "an", "and", "his", "her", "currently", "("],
            )
        {
            break;
        }
        out.push(stated(tree, office, a, item.words.1, "office-after-name"));
        edge = item.words.1 + 1;
        next += 1;
    }
    (out, hint)
}

/// "Tinubu for his leadership as the chair of ECOWAS", "her on her appointment as Kenya's first National Security Advisor".
pub(crate) fn office_as(tree: &Tree, items: &[Item], name: usize) -> Option<Stated> {
    let (a, b) = items[name].words;
    let (at, office) = items.iter().enumerate().skip(name + 1).find_map(|(at, item)| match &item.kind {
        Kind::Office(office) => Some((at, office)),
        _ => None,
    })?;
    if items[name + 1..at].iter().any(|i| i.kind == Kind::Name) {
        return None;
    }
    let start = office.words.0.min(items[at].words.0);
    let lead = (b + 1..start)
        .rev()
        .take_while(|&i| start - i <= 4)
        .find(|&i| matches!(tree.form(i), "as" | "of"))?;
    let before = tree.lower(lead.checked_sub(1)?);
    let own = (b + 1..lead).any(|i| matches!(tree.lower(i), "his" | "her"));
    let tells = if tree.form(lead) == "as" {
        [
            "leadership",
            "authority",
            "appointment",
            "role",
            "election",
            "reelection",
            "capacity",
            "work",
            "service",
            "tenure",
            "reappointment",
        ]
        .contains(&before)
    } else {
        ["post", "position", "office"].contains(&before)
    };
    (own && tells).then(|| stated(tree, office, a, items[at].words.1, "office-as"))
}

/// "The Australian prime minister and President Obama": an office without a name before a title with one.
fn of_another(tree: &Tree, item: &Item, office: &Office, edge: usize) -> bool {
    let small = |i: usize| tree.form(i).starts_with(char::is_lowercase);
    let definite = (1..=2).any(|n| {
        item.words.0.checked_sub(n).is_some_and(|i| tree.form(i).eq_ignore_ascii_case("the"))
            || office.words.0.checked_sub(n).is_some_and(|i| tree.form(i).eq_ignore_ascii_case("the"))
    });
    definite && small(office.head) && !small(edge) && only(tree, item.words.1 + 1, edge, &["and"])
}

/// Whether an office right before a name (perhaps over a comma, if the tree ties them) is that person's title.
fn title_before(tree: &Tree, item: &Item, office: &Office, edge: usize, name: usize) -> bool {
    let end = item.words.1;
    if only(tree, end + 1, edge, &[]) || only(tree, end + 1, edge, &["(", ")"]) {
        return true;
    }
    if !only(tree, end + 1, edge, &[",", "the", "dr."]) {
        return false;
    }
    // "the Finance Minister of Ukraine, Sergii Marchenko, …": set off by commas on both sides.
    let name_end = (name..tree.len()).find(|&i| !matches!(tree.upos(i), Upos::PROPN)).unwrap_or(tree.len());
    let closed = name_end >= tree.len() || matches!(tree.form(name_end), "," | "." | ")" | ";");
    let opened = item.words.0 == 0
        || matches!(tree.lower(item.words.0 - 1), "the" | "his" | "her" | "its" | "their" | "," | "with");
    if closed && opened {
        return true;
    }
    let inside = |i: usize| (item.words.0..=end).contains(&i) || i == office.head;
    let head =
        (name..tree.len()).find(|&i| tree.head(i).is_none_or(|h| h < name || h > i + 6)).unwrap_or(name);
    let tied = |i: usize| {
        tree.head(i).is_some_and(inside) && matches!(tree.relation(i), "appos" | "flat" | "compound")
    };
    tied(head)
        || tied(name)
        || (item.words.0..=end).any(|i| {
            tree.head(i).is_some_and(|h| h >= name && h <= head)
                && matches!(tree.relation(i), "appos" | "compound" | "flat" | "nmod")
        })
}

/// The first word after an abbreviation in brackets, where one stands at a word: "(NSA)".
fn after_bracket(tree: &Tree, at: usize) -> usize {
    let closed = at + 2 < tree.len() && tree.form(at) == "(" && tree.form(at + 2) == ")";
    if closed { at + 3 } else { at }
}

/// Whether the words from `a` up to `b` (not included) are all among those listed.
fn only(tree: &Tree, a: usize, b: usize, allowed: &[&str]) -> bool {
    a <= b && (a..b).all(|i| allowed.contains(&tree.lower(i)))
}

fn stated(tree: &Tree, office: &Office, first: usize, last: usize, rule: &'static str) -> Stated {
    let (a, b) = office.words;
    let words = tree.span(a).cover(tree.span(b));
    let quote = tree.span(first.min(a)).cover(tree.span(last.max(b)));
    Stated {
        office: tree.words(words),
        country: office.country.clone(),
        body: office.body.clone(),
        sentence: tree.number,
        quote,
        words,
        former: office.former,
        regional: office.regional,
        rule,
    }
}
