//! Odd inputs, odd records, odd outputs: each gets a clear line and the right exit code, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use std::io::Write as _;
use std::process::{Output, Stdio};

use common::{Folder, chancery, command, printed, readout};

/// Add the paths to the folder's record.
fn add(folder: &Folder, paths: &[&str]) -> Output {
    let record = folder.path("r.db");
    chancery(&[&["add", "--record", &record][..], paths].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The lines of the report without the summary, which ends in a time, and without what is said of these texts' dates.
fn report(run: &Output) -> Vec<String> {
    let out = text(&run.stdout);
    let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
    assert!(lines.pop().is_some_and(|summary| summary.ends_with(" s")), "{out}");
    lines.retain(|line| !line.contains("no date of publication"));
    lines
}

fn list(folder: &Folder, what: &str) -> String {
    printed(&chancery(&[what, "--record", &folder.path("r.db"), "--format", "jsonl"]))
}

#[test]
fn files_that_hold_no_text_are_skipped_with_the_reason() {
    let folder = Folder::new("no-text");
    let good = folder.write("in/a.txt", readout(4));
    folder.write("in/empty.txt", "");
    folder.write("in/picture.txt", [0x89, b'P', b'N', b'G', 0, 0, 0, 1, 2, 3, 0xff, 0xfe, 0, 0]);
    folder.write("in/.hidden.txt", readout(5));
    let run = add(&folder, &[&folder.path("in")]);
    assert_eq!(run.status.code(), Some(0), "what a folder holds besides texts is no failure");
    let lines = report(&run);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with(&format!("read     {good}: d1, ")), "{lines:?}");
    assert!(lines[1].starts_with("skipped  ") && lines[1].ends_with("empty.txt: empty"), "{lines:?}");
    assert!(lines[2].starts_with("skipped  ") && lines[2].contains("picture.txt: "), "{lines:?}");
    let named = add(&folder, &[&folder.path("in/empty.txt")]);
    assert_eq!(named.status.code(), Some(1), "a file that was asked for and gave nothing is one");
}

#[test]
fn one_long_line_is_read_or_refused_but_never_loses_the_rest() {
    let folder = Folder::new("long-line");
    let long = folder.write("in/long.txt", readout(4).replace('\n', " ").repeat(40));
    folder.write("in/longer.txt", "harbour ".repeat(3_000_000));
    folder.write("in/z.txt", readout(5));
    let run = add(&folder, &[&folder.path("in")]);
    let lines = report(&run);
    assert!(lines[0].starts_with(&format!("read     {long}")), "{lines:?}");
    assert!(lines[1].contains("longer.txt: 24 MB in one document"), "{lines:?}");
    assert!(lines[2].contains("z.txt: d2"), "{lines:?}");
}

#[test]
fn other_encodings_are_read_and_said() {
    let folder = Folder::new("encodings");
    let words = readout(4);
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = readout(5)
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    folder.write("in/a.txt", utf16);
    folder.write("in/b.txt", latin);
    let run = add(&folder, &[&folder.path("in")]);
    assert_eq!(run.status.code(), Some(0));
    for document in ["a", "b"] {
        let shown = printed(&chancery(&["show", document, "--record", &folder.path("r.db")]));
        assert!(shown.contains("Zoë") && shown.contains('“'), "{document}: {shown}");
    }
}

#[test]
fn a_broken_line_of_json_is_named_and_the_others_are_read() {
    let folder = Folder::new("broken-json");
    let object =
        |id: &str, day| serde_json::json!({"id": id, "date": "2031-03-09", "text": readout(day)}).to_string();
    let lines = format!("{}\n{{\"id\": \"b\", \"text\": \n{}\n", object("a", 4), object("c", 6));
    let file = folder.write("many.jsonl", lines);
    let run = add(&folder, &[&file]);
    assert_eq!(run.status.code(), Some(1));
    let report = report(&run);
    assert!(report[0].starts_with(&format!("read     {file}:1: d1")), "{report:?}");
    assert!(report[1].starts_with(&format!("skipped  {file}:2: broken JSON")), "{report:?}");
    assert!(report[2].starts_with(&format!("read     {file}:3: d2")), "{report:?}");
}

#[test]
fn missing_paths_and_closed_folders_do_not_stop_the_rest() {
    let folder = Folder::new("missing");
    let good = folder.write("in/a.txt", readout(4));
    let run = add(&folder, &[&folder.path("nowhere"), &good]);
    assert_eq!(run.status.code(), Some(1));
    let lines = report(&run);
    assert!(lines[0].ends_with("nowhere: there is no such file or folder"), "{lines:?}");
    assert!(lines[1].starts_with("read     "), "{lines:?}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_a_line_and_a_failure() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("closed");
    folder.write("in/closed/a.txt", readout(4));
    folder.write("in/z.txt", readout(5));
    let closed = folder.0.join("in/closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable = std::fs::read_dir(&closed).is_ok();
    let run = add(&folder, &[&folder.path("in")]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    if readable {
        eprintln!("skipped: this user reads every folder");
        return;
    }
    assert_eq!(run.status.code(), Some(1));
    let lines = report(&run);
    assert!(lines[0].contains("closed: may not be read"), "{lines:?}");
    assert!(lines[1].contains("z.txt: d1"), "{lines:?}");
}

#[test]
fn standard_input_is_a_path_too() {
    let folder = Folder::new("stdin");
    let mut child = command();
    child.args(["add", "-", "--record", &folder.path("r.db")]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = child.spawn().unwrap();
    child.stdin.take().unwrap().write_all(readout(4).as_bytes()).unwrap();
    assert!(report(&child.wait_with_output().unwrap())[0].starts_with("read     -: d1"));
}

#[test]
fn adding_again_changes_nothing_and_an_interrupted_run_resumes() {
    let (folder, whole) = (Folder::new("again"), Folder::new("whole"));
    for day in 1..=6_u8 {
        folder.write(&format!("in/{day}.txt"), readout(day));
    }
    let [first, all] = [folder.path("in/2.txt"), folder.path("in")];
    assert_eq!(add(&folder, &[&folder.path("in/1.txt"), &first]).status.code(), Some(0));
    assert_eq!(add(&folder, &[&all]).status.code(), Some(0));
    assert_eq!(add(&whole, &[&all]).status.code(), Some(0));
    for what in ["meetings", "statements", "events", "roles", "people", "documents"] {
        assert_eq!(list(&folder, what), list(&whole, what), "as if never interrupted: {what}");
    }
    let before = std::fs::read(folder.path("r.db")).unwrap();
    let again = add(&folder, &[&all]);
    assert!(report(&again).iter().all(|line| line.starts_with("already  ")), "{again:?}");
    assert!(std::fs::read(folder.path("r.db")).unwrap() == before, "not a byte of the record changes");
}

#[test]
fn coding_twice_on_any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new("same");
    for day in 1..=9_u8 {
        folder.write(&format!("in/{day}.txt"), readout(day));
    }
    let code = |format: &str, threads: &str| {
        printed(&chancery(&["code", &folder.path("in"), "--format", format, "--threads", threads]))
    };
    for format in ["record", "annotations", "conllu"] {
        let once = code(format, "1");
        assert!(once.contains("Zoë"), "{once}");
        assert_eq!(once, code(format, "4"), "{format}");
    }
}

#[test]
fn another_text_of_the_same_name_is_kept_and_suspect() {
    let folder = Folder::new("same-name");
    let [one, other] = [folder.write("x/a.txt", readout(4)), folder.write("y/a.txt", readout(5))];
    let run = add(&folder, &[&one, &other]);
    assert_eq!(run.status.code(), Some(0));
    let lines = report(&run);
    assert!(lines.iter().any(|l| l.starts_with("suspect  ") && l.contains("kept as 'a~2'")), "{lines:?}");
}

#[test]
fn records_that_cannot_be_used_are_refused_in_words() {
    let folder = Folder::new("refused");
    let good = folder.write("a.txt", readout(4));
    let said = |record: &str| {
        let run = chancery(&["add", &good, "--record", record]);
        assert_eq!(run.status.code(), Some(1), "{record}");
        text(&run.stderr)
    };
    let minutes = folder.write("minutes.db", "minutes of a meeting, not a database\n".repeat(40));
    assert!(said(&minutes).contains("not a record of Chancery"));
    assert!(said(&folder.path("no/such/folder/r.db")).contains("cannot be opened"));
    assert!(said(folder.0.to_str().unwrap()).contains("cannot be opened"));
    let run = chancery(&["meetings", "--record", &folder.path("none.db")]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("no record here"));
    assert!(!folder.0.join("none.db").exists(), "asking makes no record");
}

#[test]
fn a_record_of_a_newer_version_is_refused_and_left_alone() {
    let folder = Folder::new("newer");
    let good = folder.write("a.txt", readout(4));
    assert_eq!(add(&folder, &[&good]).status.code(), Some(0));
    // The version stands at byte 60 of the file, big-endian.
    let path = folder.path("r.db");
    let mut bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes[60..64], [0, 0, 0, 6]);
    bytes[63] = 9;
    std::fs::write(&path, &bytes).unwrap();
    for command in ["meetings", "add"] {
        let mut arguments = vec![command, "--record", &path];
        arguments.extend((command == "add").then_some(good.as_str()));
        let run = chancery(&arguments);
        assert_eq!(run.status.code(), Some(1));
        assert!(
            text(&run.stderr).contains("a record of version 9, and this Chancery reads up to 6"),
            "{run:?}"
        );
    }
    assert!(std::fs::read(&path).unwrap() == bytes);
}

#[cfg(unix)]
#[test]
fn a_read_only_record_can_be_asked_but_not_added_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("read-only");
    let good = folder.write("a.txt", readout(4));
    let other = folder.write("b.txt", readout(5));
    let record = folder.path("kept/r.db");
    std::fs::create_dir_all(folder.path("kept")).unwrap();
    assert_eq!(chancery(&["add", &good, "--record", &record]).status.code(), Some(0));
    let close = |mode: [u32; 2]| {
        for (path, mode) in [(record.clone(), mode[0]), (folder.path("kept"), mode[1])] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    close([0o444, 0o555]);
    let writable = std::fs::OpenOptions::new().append(true).open(&record).is_ok();
    let [asked, added] =
        [&["meetings", "--record", &record][..], &["add", &other, "--record", &record]].map(chancery);
    close([0o644, 0o755]);
    assert!(printed(&asked).contains("M1"));
    if writable {
        eprintln!("skipped in part: this user writes to every file");
        return;
    }
    assert_eq!(added.status.code(), Some(1));
    assert!(text(&added.stderr).contains("the record is read-only"), "{added:?}");
}

#[test]
fn whoever_reads_only_the_head_gets_no_error() {
    let folder = Folder::new("head");
    for day in 1..=9_u8 {
        folder.write(&format!("in/{day}.txt"), readout(day));
    }
    let mut child = command();
    child
        .args(["code", &folder.path("in"), "--format", "conllu"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), text(&ended.stderr)), (Some(0), String::new()));
}

#[test]
fn everything_is_added_though_nobody_reads_the_report() {
    let folder = Folder::new("unread");
    for day in 1..=5_u8 {
        folder.write(&format!("in/{day}.txt"), readout(day));
    }
    let mut child = command();
    child.args(["add", "--record", &folder.path("r.db"), &folder.path("in")]).stdout(Stdio::piped());
    let mut child = child.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(list(&folder, "documents").lines().count(), 5);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_on_standard_output_is_said() {
    let folder = Folder::new("full");
    let good = folder.write("a.txt", readout(4));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = command().args(["code", &good]).stdout(full).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("standard output: the disk is full"), "{run:?}");
}

#[test]
fn what_is_not_understood_is_a_fault_of_usage() {
    for arguments in
        [&["meetings", "--from", "2031-02-30"][..], &["add"], &["dine"], &["code", "x", "--format", "y"]]
    {
        assert_eq!(chancery(arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(chancery(&["--help"]).status.code(), Some(0));
}
