//! Rows go to doccano, Label Studio and INCEpTION and come back as they were, but for what was changed there.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed, readout};
use serde_json::{Value, json};

const TOOLS: [(&str, &str); 3] =
    [("doccano", "texts.jsonl"), ("label-studio", "tasks.json"), ("inception", "d1.json")];

/// A record of a readout with letters outside the first plane, and what a tool gets of it.
fn exported(test: &str, tool: &str, file: &str) -> (Folder, String, Value) {
    let folder = Folder::new(&format!("tool-{test}-{tool}"));
    let record = folder.path("r.db");
    let text = readout(4).replace("harbour", "𝄞 harbour");
    printed(&chancery(&["add", &folder.write("oslo.txt", text), "--record", &record]));
    let out = folder.path("out");
    let said = printed(&chancery(&["export", tool, &out, "--record", &record]));
    assert!(said.contains(": 1 text\n"), "{said}");
    let page = std::fs::read_to_string(format!("{out}/{file}")).unwrap();
    (folder, record, serde_json::from_str(&page).unwrap())
}

fn taken(folder: &Folder, record: &str, page: &Value) -> (String, String) {
    let file = folder.write("back.json", page.to_string());
    let run = chancery(&["corrections", "import", &file, "--coder", "ada", "--complete", "--record", record]);
    (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap())
}

#[test]
fn what_was_not_touched_is_accepted() {
    for (tool, file) in TOOLS {
        let (folder, record, page) = exported("same", tool, file);
        let (said, wrong) = taken(&folder, &record, &page);
        assert!(
            said.starts_with("1 text: ") && said.contains("0 edited, 0 added, 0 rejected"),
            "{tool}: {said}"
        );
        assert!(wrong.is_empty() && !said.contains(": 0 accepted"), "{tool}: {said}{wrong}");
        let checked = printed(&chancery(&["corrections", "--format", "csv", "--record", &record]));
        assert!(checked.lines().skip(1).all(|line| line.contains(",accept,ada,")), "{checked}");
    }
}

fn acts(record: &str) -> Vec<String> {
    let rows = printed(&chancery(&["statements", "--format", "jsonl", "--record", record]));
    let act = |line: &str| serde_json::from_str::<Value>(line).unwrap()["act"].as_str().unwrap().to_owned();
    rows.lines().map(act).collect()
}

#[test]
fn what_was_changed_deleted_and_added_in_doccano_is() {
    let (folder, record, mut page) = exported("changed", "doccano", "texts.jsonl");
    let entities = page["entities"].as_array_mut().unwrap();
    let at = entities.iter().position(|e| e["label"] == "statement commitment support").unwrap();
    entities[at]["label"] = "statement request neutral".into();
    entities.retain(|e| !e["label"].as_str().unwrap().starts_with("event "));
    let text: Vec<char> = page["text"].as_str().unwrap().chars().collect();
    let start = text.iter().position(|c| *c == '𝄞').unwrap();
    let entities = page["entities"].as_array_mut().unwrap();
    entities.push(
        json!({"id": 90, "label": "statement report oppose", "start_offset": start, "end_offset": start + 9}),
    );
    entities.push(json!({"id": 91, "label": "role", "start_offset": 0, "end_offset": 4}));
    let (said, wrong) = taken(&folder, &record, &page);
    assert!(said.contains("1 edited, 1 added,") && !said.contains("0 rejected"), "{said}");
    assert!(wrong.contains("back.json:1: roles, row 3: a role has a person and an office"), "{wrong}");
    assert_eq!(acts(&record), ["request", "position", "report"]);
    let rows = printed(&chancery(&["statements", "--format", "csv", "--record", &record]));
    assert!(rows.contains("𝄞 harbour"), "{rows}");
    assert_eq!(printed(&chancery(&["events", "--format", "csv", "--record", &record])).lines().count(), 1);
}

#[test]
fn each_person_of_label_studio_is_heard() {
    let (folder, record, mut page) = exported("heard", "label-studio", "tasks.json");
    let mut second = page[0]["annotations"][0].clone();
    second["completed_by"] = json!({"id": 7, "email": "ben@example.org"});
    second["created_at"] = "2031-06-02T09:08:07.000Z".into();
    for item in second["result"].as_array_mut().unwrap() {
        if item["value"]["choices"] == json!(["commitment"]) {
            item["value"]["choices"] = json!(["request"]);
        }
        if item["from_name"] == "holder" {
            item["value"]["text"] = json!(["Olav Bo (NOR); CHL"]);
        }
    }
    page[0]["annotations"].as_array_mut().unwrap().push(second);
    let (said, wrong) = taken(&folder, &record, &page);
    assert!(said.starts_with("2 texts: ") && wrong.is_empty(), "{said}{wrong}");
    let listed = printed(&chancery(&[
        "corrections",
        "--coder",
        "ben@example.org",
        "--format",
        "csv",
        "--record",
        &record,
    ]));
    assert!(listed.contains("2031-06-02 09:08,act: commitment → request; holder:"), "{listed}");
    let conflicts = printed(&chancery(&["agree", "--conflicts", "--format", "csv", "--record", &record]));
    assert!(
        conflicts.contains("d1.s1,statement,act,ada: commitment; ben@example.org: request"),
        "{conflicts}"
    );
    let interface = std::fs::read_to_string(folder.path("out/interface.xml")).unwrap();
    assert!(
        interface.contains("<Choice value=\"CONSULT\"/>")
            && interface.contains("whenLabelValue=\"meeting,event\"")
    );
}

#[test]
fn a_text_that_was_altered_is_not_taken_for_ours() {
    let (folder, record, mut page) = exported("altered", "inception", "d1.json");
    page["%FEATURE_STRUCTURES"][0]["sofaString"] = "OSLO".into();
    let (said, wrong) = taken(&folder, &record, &page);
    assert!(said.is_empty() && wrong.contains("are no words of the text in UTF-16 units"), "{said}{wrong}");
    page["%FEATURE_STRUCTURES"].as_array_mut().unwrap().truncate(2);
    let (_, wrong) = taken(&folder, &record, &page);
    assert!(wrong.contains("the record has no text 'oslo' among its 1"), "{wrong}");
}
