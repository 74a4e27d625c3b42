//! Texts with records that are made up: as many as are wanted, always the same.

use chancery_model::{
    Act, Analysis, Block, BlockKind, Date, Document, Event, Format, Manner, Meeting, Modality, Participant,
    Party, Polarity, Provenance, Record, Role, Sentence, Source, Span, Statement, Told, When,
};

const STATES: [&str; 41] = [
    "CHN", "USA", "RUS", "PRK", "KOR", "JPN", "IND", "DEU", "FRA", "GBR", "ITA", "ESP", "POL", "UKR", "TUR",
    "IRN", "ISR", "EGY", "SAU", "ZAF", "NGA", "KEN", "ETH", "BRA", "ARG", "CHL", "MEX", "CAN", "AUS", "NZL",
    "IDN", "VNM", "THA", "PHL", "PAK", "KAZ", "MNG", "SRB", "GRC", "NOR", "SWE",
];
const SAID: [&str; 12] = [
    "is willing to work with the other side to deepen cooperation on fisheries",
    "stands ready to open a second freight line",
    "firmly supports the one-China principle",
    "opposes any unilateral change of the status quo in the South China Sea",
    "calls for an immediate ceasefire",
    "will send relief to the flooded provinces",
    "notes the growth of bilateral trade",
    "hopes for progress in talks on climate change",
    "attaches great importance to high-level exchanges",
    "is concerned at the expansion of settlements",
    "thanks its neighbour for the return of the bells",
    "supports a two-state solution",
];

const DID: [(&str, Option<&str>, &str, &str); 8] = [
    ("AID", Some("humanitarian"), "073", "sends food to"),
    ("AGREE", None, "057", "signs a treaty with"),
    ("SANCTION", None, "163", "halts exports to"),
    ("ACCUSE", Some("disapprove"), "111", "criticizes"),
    ("SUPPORT", None, "051", "praises"),
    ("REJECT", None, "120", "rejects a call by"),
    ("COOPERATE", Some("economic"), "061", "opens a port to"),
    ("THREATEN", None, "138", "threatens"),
];
const CAPITALS: [(&str, &str); 5] =
    [("Beijing", "CHN"), ("Oslo", "NOR"), ("Geneva", "CHE"), ("Cairo", "EGY"), ("Ottawa", "CAN")];

/// Text number `n` with its record: so many statements and so many events.
pub(crate) fn text(n: usize, each: usize, events: usize) -> (Document, Analysis, Record) {
    let pair = n % 40;
    let (one, other) = (STATES[pair], STATES[pair + 1]);
    let day = n / 40;
    let date = Date::day(
        i16::try_from(2000 + day / 336).unwrap(),
        u8::try_from(1 + day / 28 % 12).unwrap(),
        u8::try_from(1 + day % 28).unwrap(),
    );
    let (mut text, mut statements, mut sentences) =
        (format!("The ministers of {one} and {other} met on {}.\n\n", date.unwrap()), Vec::new(), Vec::new());
    let names = [person(n % 40, day / 600), person(n % 40 + 1, day / 600)];
    for k in 0..each {
        let speaker = if events == 0 { "Zoë Dahl".to_owned() } else { names[k % 2].clone() };
        let holder = if k % 2 == 0 { one } else { other };
        let start = text.len();
        let content = format!("{holder} {}", SAID[(n * 7 + k * 5 + n / 13) % SAID.len()]);
        text += &content;
        let span = Span::new(start, text.len());
        let cue = Span::new(text.len() + 14, text.len() + 18);
        text += &format!(", the minister said in round {n} of {k}. ");
        sentences.push(Sentence { span: Span::new(start, text.len() - 1), block: 0, tokens: vec![] });
        let who = |name: Option<&str>| Participant {
            name: name.map(str::to_owned),
            code: holder.to_owned(),
            sector: None,
        };
        statements.push(Statement {
            id: format!("s{}", k + 1),
            act: [Act::Commitment, Act::Position, Act::Request][k % 3],
            speaker: vec![who(Some(&speaker))],
            holder: vec![who(None)],
            addressee: vec![],
            polarity: if content.contains("oppose") { Polarity::Oppose } else { Polarity::Support },
            topics: vec![],
            cue: vec![cue],
            content: vec![span],
            manner: Manner::Paraphrased,
            continues: None,
            provenance: vec![why(k + 1, cue)],
        });
    }
    let when = date.map(|d| When { from: d, to: d });
    let mut did = Vec::new();
    for k in 0..events {
        let start = text.len();
        let (plover, mode, cameo, words) = DID[(n * 3 + k) % DID.len()];
        let (actor, recipient) = if k % 2 == 0 { (one, other) } else { (other, one) };
        text += &format!("{actor} {words} {recipient}");
        let span = Span::new(start, text.len());
        text += ". ";
        sentences.push(Sentence { span: Span::new(start, text.len() - 1), block: 0, tokens: vec![] });
        let state = |code: &str| vec![Participant { name: None, code: code.to_owned(), sector: None }];
        did.push(Event {
            id: format!("e{}", k + 1),
            plover: plover.to_owned(),
            mode: mode.map(str::to_owned),
            cameo: Some(cameo.to_owned()),
            contexts: vec![],
            actor: state(actor),
            recipient: state(recipient),
            when,
            place: None,
            modality: Modality::Happened,
            said_in: None,
            meeting: None,
            quote: span,
            confidence: Some(u8::try_from(20 + (n * 13 + k * 7) % 80).unwrap()),
            disputed: None,
            provenance: vec![why(each + k + 1, span)],
        });
    }
    let roles: Vec<Role> = names
        .iter()
        .zip([one, other])
        .take(if events == 0 { 0 } else { 2 })
        .enumerate()
        .map(|(k, (name, state))| Role {
            id: format!("r{}", k + 1),
            person: name.clone(),
            office: "Minister of Foreign Affairs".to_owned(),
            organization: None,
            country: state.to_owned(),
            post: None,
            quote: Span::new(4, 13),
            provenance: vec![why(1, Span::new(4, 13))],
        })
        .collect();
    let persons = |k: usize| if events == 0 { vec![] } else { vec![names[k].clone()] };
    let party = |k: usize, code: &str| Party { code: code.to_owned(), persons: persons(k), host: false };
    let meeting = Meeting {
        id: "m1".to_owned(),
        format: Format::InPerson,
        when,
        place: (events > 0).then(|| CAPITALS[pair % CAPITALS.len()].0.to_owned()),
        country: (events > 0).then(|| CAPITALS[pair % CAPITALS.len()].1.to_owned()),
        parties: vec![party(0, one), party(1, other)],
        told: Told::Main,
        planned: false,
        quote: Span::new(0, 20),
        provenance: vec![why(1, Span::new(0, 20))],
    };
    let source = Source {
        published: date,
        raw_sha256: chancery_corpus::key(&text),
        publisher: Some("Bench Wire".to_owned()),
        ..Source::default()
    };
    let id = format!("made-{n}");
    let record = Record {
        schema: 1,
        document: id.clone(),
        coder: "bench 1".to_owned(),
        roles,
        people: vec![],
        terms: vec![],
        meetings: vec![meeting],
        statements,
        events: did,
        silent: vec![],
        notes: vec![],
    };
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), reason: None }];
    (Document { id, source, text, blocks }, Analysis { sentences, asked: false }, record)
}

/// The minister of a state in a period, one of some 400.
fn person(state: usize, period: usize) -> String {
    const FIRST: [&str; 10] =
        ["Zoë", "Anna", "Élise", "Mikael", "Omar", "Li", "Ravi", "Sana", "Tomas", "Yuki"];
    const LAST: [&str; 41] = [
        "Dahl", "Roy", "Lindh", "Okafor", "Haddad", "Mei", "Anand", "Karimi", "Novak", "Ito", "Berg",
        "Costa", "Diallo", "Eriksen", "Fabre", "Gallo", "Huber", "Ivanova", "Jansen", "Kovacs", "Laurent",
        "Moreau", "Nagy", "Olsen", "Popa", "Quiroga", "Rossi", "Santos", "Tanaka", "Ueda", "Varga", "Weber",
        "Xu", "Yilmaz", "Zhao", "Aydin", "Bauer", "Cruz", "Duarte", "Engel", "Fischer",
    ];
    format!("{} {}", FIRST[(state + period) % 10], LAST[state % 41])
}

fn why(sentence: usize, span: Span) -> Provenance {
    Provenance {
        field: "row".to_owned(),
        sentence: u32::try_from(sentence).unwrap(),
        spans: vec![span],
        rule: "bench#rule".to_owned(),
        why: None,
    }
}
