//! The record in a browser: every page in its three forms, and harmless whatever texts and addresses say.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use common::{Folder, chancery, command, printed};
use serde_json::Value;

/// What an attacker would write into a text or an address: markup, a mark that turns what follows around, and a null.
const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\0\"'";

/// `chancery serve` on a free port, ended with the test.
struct Server {
    child: Child,
    address: String,
}

/// What it answered.
struct Answer {
    status: u16,
    kind: String,
    body: String,
}

impl Server {
    fn of(record: &str) -> Self {
        Self::with(record, &[])
    }

    fn with(record: &str, more: &[&str]) -> Self {
        let mut serve = command();
        serve.args(["serve", "--port", "0", "--record", record]).args(more).stdout(Stdio::piped());
        let mut child = serve.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", self.address), "")
    }

    /// A request of one's own: its head without the last lines, and what is sent.
    fn ask(&self, head: &str, sent: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{head}Content-Length: {}\r\nConnection: close\r\n\r\n{sent}", sent.len()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let all = String::from_utf8(all).unwrap();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let kind = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or_default();
        Answer { status, kind: kind.to_owned(), body: body.to_owned() }
    }

    fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(
            (answer.status, answer.kind.as_str()),
            (200, "application/json"),
            "{path}: {}",
            answer.body
        );
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Every page as the server describes it: its path without ending, and the names of its parameters.
    fn pages(&self) -> Vec<(String, Vec<String>)> {
        let described = self.json("/openapi.json");
        let paths = described["paths"].as_object().unwrap().iter();
        let own = paths.filter_map(|(path, what)| Some((path.strip_suffix(".json")?, &what["get"])));
        let named = |get: &Value| -> Vec<String> {
            let all = get["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query");
            all.map(|p| p["name"].as_str().unwrap().to_owned()).collect()
        };
        own.filter(|(_, get)| get.is_object()).map(|(path, get)| (path.to_owned(), named(get))).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The examples that come with the program, in a record.
fn examples(folder: &Folder) -> String {
    let readouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/readouts");
    let record = folder.path("r.db");
    printed(&chancery(&["add", readouts.to_str().unwrap(), "--record", &record]));
    record
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The path with an id in the place of the braces.
fn filled(server: &Server, path: &str) -> String {
    let id = match path.split('/').nth(1).unwrap_or_default() {
        "meetings" => "M1".to_owned(),
        "why" | "edit" | "learn" => "d3.s1".to_owned(),
        "people" => encoded(server.json("/people.json")["rows"][0]["name"].as_str().unwrap()),
        _ => "d1".to_owned(),
    };
    path.replace("{id}", &id)
}

#[test]
fn every_page_answers_in_html_json_and_csv() {
    let folder = Folder::new("serve-pages");
    let server = Server::of(&examples(&folder));
    let pages = server.pages();
    assert!(pages.len() > 20, "{pages:?}");
    for (path, _) in &pages {
        let path = filled(&server, path);
        // What is there only once somebody has corrected a row answers so.
        if path.starts_with("/learn/") {
            continue;
        }
        let plain = if path == "/index" { "/" } else { &path };
        let page = server.get(plain);
        assert_eq!(
            (page.status, page.kind.as_str()),
            (200, "text/html; charset=utf-8"),
            "{path}: {}",
            page.body
        );
        assert!(page.body.contains("<main") && page.body.contains("role=\"search\""), "{path}");
        assert!(server.json(&format!("{path}.json"))["rows"].is_array(), "{path}");
        let rows = server.get(&format!("{path}.csv"));
        assert_eq!((rows.status, rows.kind.as_str()), (200, "text/csv; charset=utf-8"), "{path}");
    }
    let network = server.get("/network.gexf?of=states");
    assert!(network.status == 200 && network.body.contains("<gexf"), "{}", network.body);
    assert_eq!(server.get("/documents.gexf").status, 404);
}

#[test]
fn pages_answer_what_they_are_asked() {
    let folder = Folder::new("serve-asked");
    let server = Server::of(&examples(&folder));
    let met = &server.json("/dyad.json")["rows"][0];
    let (one, other) = (met["one"].as_str().unwrap(), met["other"].as_str().unwrap());
    let with = format!("with={one}&with={other}");
    let dyad = server.get(&format!("/dyad?{with}"));
    for part in
        ["id=\"ledger\"", "id=\"grid\"", "id=\"absent\"", "id=\"commitments\"", "id=\"phrases\"", "/brief?"]
    {
        assert!(dyad.body.contains(part), "{part} in {}", dyad.body);
    }
    assert!(!server.json(&format!("/brief.json?{with}"))["rows"].as_array().unwrap().is_empty());

    // Two readouts of one meeting.
    let compared = server.json("/compare.json?a=d2&b=d3&seek=railway");
    assert!(compared["relation"].as_str().unwrap().starts_with("Two readouts of one meeting"), "{compared}");
    let page = server.get("/compare?a=d2&b=d3").body;
    assert!(
        page.contains("<del>") && page.contains("<ins>") && page.contains("/documents/d3#d3.s"),
        "{page}"
    );
    assert_eq!(server.get("/compare?joint=d7&a=d2&b=d3").status, 200);

    let rows = |path: &str| server.json(path)["rows"].as_array().unwrap().clone();
    let person =
        rows("/people.json").iter().find(|p| p["meetings"].as_i64() > Some(0)).unwrap()["name"].clone();
    let life = server.json(&format!("/people/{}.json", encoded(person.as_str().unwrap())));
    assert_eq!(life["person"]["name"], person);
    assert!(life["rows"].as_array().unwrap().iter().any(|row| row["kind"] == "meeting"), "{life}");

    let statement = &rows("/statements.json")[0];
    let word = statement["content"].as_str().unwrap().split(' ').find(|w| w.len() > 4).unwrap();
    let found = server.get(&format!("/search?q={}", encoded(word))).body;
    assert!(found.contains("<mark>"), "{found}");
    let act = statement["act"].as_str().unwrap();
    let acts = rows(&format!("/search.json?q=act:{act}"));
    assert!(acts.iter().filter(|row| row["kind"] == "statement").all(|row| row["what"] == act), "{acts:?}");
    let used = server.json(&format!("/phrases.json?q={}", encoded(word)));
    assert!(used["rows"][0]["texts"].as_i64() > Some(0), "{used}");
    assert!(server.get(&format!("/phrases?q={}", encoded(word))).body.contains("data-figure=\"spark\""));

    let network = server.json("/network.json?of=states");
    assert!(network["nodes"].as_array().unwrap().iter().any(|node| node["kind"] == "state"), "{network}");
    let tie = &network["rows"][0];
    assert_eq!(tie["months"].as_array().unwrap().len() as u64, tie["meetings"].as_u64().unwrap(), "{tie}");
    let map = server.json("/map.json");
    let (placed, lost) = (map["rows"].as_array().unwrap(), map["without_coordinates"].as_array().unwrap());
    let meetings = placed.iter().map(|p| p["meetings"].as_u64().unwrap()).sum::<u64>()
        + lost.iter().map(|p| p["ids"].as_array().unwrap().len() as u64).sum::<u64>();
    assert_eq!(meetings as usize, rows("/timeline.json").len(), "each meeting is on the map or beside it");
}

#[test]
fn unknown_names_are_not_found_and_the_nearest_are_told() {
    let folder = Folder::new("serve-unknown");
    let server = Server::of(&examples(&folder));
    let name = server.json("/people.json")["rows"][0]["name"].as_str().unwrap().to_owned();
    let wrong = format!("{name}x");
    for (path, status, told) in [
        (format!("/people/{}", encoded(&wrong)), 404, name.as_str()),
        ("/documents/d99".to_owned(), 404, "d99"),
        ("/meetings/M99".to_owned(), 404, "M99"),
        ("/dyad?with=FJI&with=MCO".to_owned(), 404, "no meeting"),
        ("/dyad?with=QQQ".to_owned(), 400, "QQQ"),
        ("/compare?a=d1&b=d99".to_owned(), 404, "d99"),
        ("/positions?topic=zzzz".to_owned(), 400, "no topic"),
        (format!("/search?q=speaker:{}", encoded(&format!("\"{wrong}\""))), 400, "the nearest is"),
        ("/search?q=act:comitment".to_owned(), 400, "commitment"),
        ("/timeline?from=yesterday".to_owned(), 400, "2025-10"),
        ("/network?of=cats".to_owned(), 400, "states"),
        ("/nowhere".to_owned(), 404, "/nowhere"),
    ] {
        let answer = server.get(&path);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        let body = answer.body.replace("&amp;", "&");
        assert!(body.contains(told), "{path}: {told} in {body}");
        assert!(!body.contains("r.db"), "no page names files: {path}");
    }
}

/// Nothing of it may be markup, nor turn the page around.
fn harmless(path: &str, answer: &Answer) {
    assert!(matches!(answer.status, 200 | 400 | 404), "{path}: {} {}", answer.status, answer.body);
    if answer.kind.starts_with("text/html") {
        assert!(!answer.body.contains("<script>"), "{path}: {}", answer.body);
        assert!(!answer.body.contains(['\u{202e}', '\0']), "{path}");
    }
}

#[test]
fn hostile_addresses_are_harmless() {
    let folder = Folder::new("serve-address");
    let server = Server::of(&examples(&folder));
    for (path, parameters) in server.pages() {
        let path = if path == "/index" { "/".to_owned() } else { path };
        let own = filled(&server, &path);
        for text in [HOSTILE, "' OR 1=1 --", "\"", "*", "NEAR(", "%", "\u{1f600}"] {
            for parameter in &parameters {
                let asked = format!("{own}?{parameter}={}", encoded(text));
                harmless(&asked, &server.get(&asked));
            }
            if path.contains("{id}") {
                let asked = path.replace("{id}", &encoded(text));
                harmless(&asked, &server.get(&asked));
            }
        }
    }
    let long = "harbour%20".repeat(3_000);
    for path in ["/search?q=", "/phrases?q=", "/people/"] {
        let answer = server.get(&format!("{path}{long}"));
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
}

#[test]
fn hostile_texts_are_harmless() {
    let folder = Folder::new("serve-hostile");
    let text = |day: u8, more: &str| {
        let body = format!(
            "OSLO, March {day}, 2031 (Fjord <script>alert(1)</script> Wire) -- Norwegian Foreign Minister Zoë Dahl met with \
             Chilean President José Rojas in Oslo on March {day}, 2031.\n\nDahl said that Norway supports the harbour \
             treaty <script>alert(1)</script>\u{202e}. “Chile will open the <b onclick='x'>port</b> {more},” Rojas said.\n"
        );
        folder.write(&format!("{day}<script>alert(1)<script>.txt"), body)
    };
    let (one, other) = (text(4, "at once"), text(11, "later"));
    let record = folder.path("h.db");
    printed(&chancery(&["add", &one, &other, "--record", &record]));
    let server = Server::of(&record);
    let found = server.json("/search.json?q=treaty");
    assert!(
        found["rows"].as_array().unwrap().iter().any(|row| row["words"].to_string().contains("<script>")),
        "{found}"
    );
    let mut paths: Vec<String> = server.pages().iter().map(|(path, _)| filled(&server, path)).collect();
    for asked in [
        "/dyad?with=NOR&with=CHL",
        "/brief?with=NOR&with=CHL",
        "/series?with=NOR&with=CHL&topic=treaty",
        "/compare?a=d1&b=d2",
        "/phrases?q=harbour%20treaty",
        "/new?since=2031-03-05",
        "/vanished?since=2031-03-05",
        "/search?q=treaty",
        "/people/Dahl",
        "/documents/d2",
    ] {
        paths.push(asked.to_owned());
    }
    for path in paths {
        harmless(&path, &server.get(if path == "/index" { "/" } else { &path }));
    }
}

#[test]
fn lines_are_tried_on_texts_before_anything_is_changed() {
    let folder = Folder::new("serve-learn");
    let server = Server::of(&examples(&folder));
    let known = server.json("/learn/d7.s1.json?try=1");
    let is_known = |row: &Value| {
        row["change"] == "is known" && row["what"].as_str().unwrap().contains("nobody of the tables →")
    };
    assert!(known["rows"].as_array().unwrap().iter().any(is_known) && known["late"] == false, "{known}");
    let events = server.json("/events.json?country=IGO:EU");
    let aid = events["rows"].as_array().unwrap().iter().find(|row| row["plover"] == "AID").unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let unchanged = server.json(&format!("/learn/{aid}.json?try=1"));
    assert_eq!((unchanged["rows"].as_array().unwrap().len(), &unchanged["tried"]), (0, &Value::from(1)));
    let lesson = server.json(&format!("/learn/{aid}.json"))["rows"][0]["place"].as_str().unwrap().to_owned();
    let rule = lesson.split("rule aid#").nth(1).unwrap().split(',').next().unwrap().to_owned();
    let section = format!(
        "### {rule}\n\nCode: 071\n\nIt is sung.\n\n```rules\nACTOR sing to RECIPIENT\n```\n\nFires:\n\n- Norway sang to Chile. → NOR > CHL\n\nSilent:\n\n- Norway sang.\n"
    );
    let gone = server.json(&format!("/learn/{aid}.json?try=1&line={}", encoded(&section)));
    // Without its patterns another rule reads the sentence, or none.
    let went = |row: &Value| row["change"] != "comes" && row["what"].as_str().unwrap().starts_with("event: ");
    assert!(gone["rows"].as_array().unwrap().iter().any(went), "{gone}");
    let wrong =
        server.get(&format!("/learn/{aid}?try=1&line={}", encoded(&section.replace("sing", "{song}"))));
    assert!(wrong.status == 400 && wrong.body.contains("song"), "{}", wrong.body);
    assert_eq!(server.get("/learn/d7.s1?try=9").status, 400);
    assert_eq!(server.json("/corrections.json")["rows"], Value::Array(vec![]));
}

#[test]
fn pairs_are_offered_for_comparison_and_a_brief_reads_each_side() {
    let folder = Folder::new("serve-pairs");
    let server = Server::of(&examples(&folder));
    let pairs = server.json("/compare.json");
    let told = |row: &Value| row["kind"] == "told-twice" && row["a"] == "d2" && row["b"] == "d3";
    assert!(pairs["rows"].as_array().unwrap().iter().any(told), "{pairs}");
    let brief = server.get("/brief?with=MNG&with=VNM").body;
    for side in ["Nordwire", "Office of the President of Mongolia"] {
        assert!(brief.contains(&format!("What the last text says ({side})")), "{side}");
    }
    assert!(brief.contains(", bytes ") && server.get("/documents/d3").body.contains(", bytes "));
}

#[test]
fn what_people_differ_on_is_marked_where_it_is_read() {
    let folder = Folder::new("serve-differ");
    let record = examples(&folder);
    for (who, act) in [("ada", "act=request"), ("ben", "act=commitment")] {
        printed(&chancery(&["correct", "d2.s2", "--set", act, "--coder", who, "--record", &record]));
    }
    let server = Server::of(&record);
    for page in ["/documents/d2", "/statements"] {
        assert!(server.get(page).body.contains("href=\"/agreement#d2.s2\""), "{page}");
    }
    assert!(server.get("/agreement").body.contains("id=\"d2.s2\""));
    let add = |more: &str| {
        let head = format!("POST /corrections HTTP/1.1\r\nHost: {}\r\n", server.address);
        let row = "row=d1&verdict=add&layer=statement&who=ada&set.act=request&set.speaker=Sapt";
        server.ask(&head, &format!("{row}&set.content=goods%20from%20Graustark{more}"))
    };
    let refused = add("");
    assert!(refused.status == 400 && refused.body.contains("such a row already, d1.s1"), "{}", refused.body);
    assert_eq!(add("&again=1").status, 303);
    let rows = server.json("/statements.json");
    let added = rows["rows"].as_array().unwrap().iter().find(|row| row["content"] == "goods from Graustark");
    assert_eq!(added.unwrap()["speaker"], "Rudolf Sapt", "a part of the name will do");
}

/// A form with a file, as a browser sends it.
fn upload(server: &Server, more: &str, name: &str, text: &str) -> Answer {
    let body = format!(
        "--x7\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nada\r\n--x7\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--x7--\r\n"
    );
    let head = format!(
        "POST /corrections/import HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=x7\r\n{more}",
        server.address
    );
    server.ask(&head, &body)
}

#[test]
fn corrections_leave_as_files_and_come_back_by_a_form() {
    let folder = Folder::new("serve-files");
    let record = examples(&folder);
    printed(&chancery(&["correct", "d2.s1", "--accept", "--coder", "ada", "--record", &record]));
    let server = Server::of(&record);
    let kinds = [
        ("export.jsonl", "application/jsonl; charset=utf-8"),
        ("annotations.jsonl", "application/jsonl; charset=utf-8"),
        ("doccano.jsonl", "application/jsonl; charset=utf-8"),
        ("label-studio.json", "application/json"),
        ("label-studio.xml", "application/xml"),
        ("inception.json", "application/json"),
    ];
    for (file, kind) in kinds {
        let answer = server.get(&format!("/corrections/{file}"));
        assert_eq!((answer.status, answer.kind.as_str()), (200, kind), "{file}: {}", answer.body);
        assert!(answer.body.len() > 200, "{file}");
    }
    assert_eq!(server.get("/corrections/doccano.jsonl?of=d99").status, 404);
    let other = folder.path("other.db");
    let readouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/readouts");
    printed(&chancery(&["add", readouts.to_str().unwrap(), "--record", &other]));
    let theirs = Server::of(&other);
    let said = server.get("/corrections/export.jsonl").body;
    let wrong = upload(&theirs, "", "<b>mine.jsonl", &format!("{said}{{}}\nnothing\n"));
    assert_eq!(wrong.status, 200, "{}", wrong.body);
    assert!(wrong.body.contains("1 correction, 1 of them new"), "{}", wrong.body);
    assert!(
        wrong.body.contains("&lt;b&gt;mine.jsonl:3: broken JSON") && !wrong.body.contains("<b>"),
        "{}",
        wrong.body
    );
    assert_eq!(theirs.json("/corrections.json")["rows"][0]["who"], "ada");
    let again = upload(&theirs, "", "mine.jsonl", &said);
    assert!(again.body.contains("1 correction, 0 of them new"), "{}", again.body);
    let read = server.get("/corrections/doccano.jsonl?of=d3").body;
    assert!(upload(&theirs, "", "d3.jsonl", &read).body.contains("1 text: "));
    assert_eq!(upload(&theirs, "Origin: http://evil.example\r\n", "mine.jsonl", &said).status, 403);
    let large = format!("POST /corrections/import HTTP/1.1\r\nHost: {}\r\n", theirs.address);
    assert_eq!(theirs.ask(&large, "").status, 400, "no file");
}

#[test]
fn foreign_hosts_foreign_pages_and_missing_tokens_are_refused() {
    let folder = Folder::new("serve-shield");
    let record = examples(&folder);
    let server = Server::of(&record);
    let address = &server.address;
    let post = |more: &str| {
        let head = format!("POST /corrections HTTP/1.1\r\nHost: {address}\r\n{more}");
        server.ask(&head, "row=d2.s1&verdict=reject").status
    };
    assert_eq!(server.ask("GET / HTTP/1.1\r\nHost: evil.example\r\n", "").status, 403);
    assert_eq!(post("Origin: http://evil.example\r\n"), 403);
    assert_eq!(post("Sec-Fetch-Site: cross-site\r\n"), 403);
    assert_eq!(server.json("/corrections.json")["rows"].as_array().unwrap().len(), 0, "nothing was written");
    let token = "0123456789abcdef";
    let closed = Server::with(&record, &["--token", token]);
    assert_eq!(closed.get("/").status, 401);
    assert_eq!(closed.get("/documents.json?token=0123456789abcdeX").status, 401);
    assert_eq!(closed.get(&format!("/documents.json?token={token}")).status, 200);
}

#[test]
fn a_line_of_a_million_characters_is_shown_and_the_next_page_too() {
    let folder = Folder::new("serve-long");
    let long = format!("OSLO, March 4, 2031 (Fjord Wire) -- {}\n", "ab\u{202e}d ".repeat(200_000));
    let record = folder.path("l.db");
    printed(&chancery(&["add", &folder.write("long.txt", long), "--fast", "--record", &record]));
    let server = Server::of(&record);
    let page = server.get("/documents/d1");
    assert!(page.status == 200 && page.body.len() > 1_000_000, "{} bytes", page.body.len());
    harmless("/documents/d1", &page);
    assert_eq!(server.get("/documents").status, 200);
}
