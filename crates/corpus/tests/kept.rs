//! What is kept with the links answers as the texts and rows themselves do.
#![allow(clippy::unwrap_used)]

#[path = "../benches/desk/made.rs"]
mod made;

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use chancery_corpus::{Corpus, Filter, Phrase, Raw, Scope, Tracked, Vocabulary, Wanted};
use rusqlite::Connection;

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A record of made-up texts, and the same without what is kept.
fn made_up(name: &str, texts: usize) -> (Corpus, Corpus, Folder) {
    let folder = Folder(std::env::temp_dir().join(format!("chancery-kept-{name}-{}", std::process::id())));
    let _ = std::fs::remove_dir_all(&folder.0);
    std::fs::create_dir_all(&folder.0).unwrap();
    let file = folder.0.join("kept.db");
    let mut corpus = Corpus::open(&file).unwrap();
    for n in 0..texts {
        // Not all days alike: some texts have none, some only their month.
        let (mut document, analysis, record) = made::text(n, 3, 4);
        document.source.published = match n % 17 {
            0 => None,
            1 => document.source.published.and_then(|date| date.to_string()[..7].parse().ok()),
            _ => document.source.published,
        };
        corpus.add(&document, &analysis, &record, &Raw::new(document.text.clone().into_bytes())).unwrap();
    }
    corpus.link().unwrap();
    let bare = bare(&file, &folder.0.join("bare.db"));
    (corpus, bare, folder)
}

/// The record as if nothing were linked.
fn bare(file: &Path, to: &Path) -> Corpus {
    Connection::open(file).unwrap().execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
    Connection::open(to).unwrap().execute("UPDATE setting SET value = 0", []).unwrap();
    Corpus::look(to).unwrap()
}

fn shown(answer: impl Debug) -> String {
    format!("{answer:#?}")
}

#[track_caller]
fn same(kept: impl Debug, bare: impl Debug, what: &str) {
    let (kept, bare) = (shown(kept), shown(bare));
    let differ = kept.lines().zip(bare.lines()).find(|(kept, bare)| kept != bare);
    assert!(kept == bare, "{what}: {differ:?}");
}

#[test]
fn phrases_are_found_with_the_same_counts() {
    let (kept, bare, _gone) = made_up("phrases", 700);
    let scopes = [
        Scope::default(),
        Scope { speaker: Some("Dahl".to_owned()), ..Scope::default() },
        Scope { countries: vec!["CHN".to_owned()], ..Scope::default() },
        Scope { from: "2000-01-05".parse().ok(), to: "2000-01-12".parse().ok(), ..Scope::default() },
        Scope { outlet: Some("nobody".to_owned()), ..Scope::default() },
    ];
    for words in ["one-China principle", "the * principle", "firm* support*", "met on", "zzz", ". CHN"] {
        let phrase: Phrase = words.parse().unwrap();
        for scope in &scopes {
            let ask = |corpus: &Corpus| {
                corpus.track_with_forms(&phrase, &phrase.families(), scope).map_err(|wrong| wrong.trouble)
            };
            same(ask(&kept), ask(&bare), words);
        }
    }
    let Tracked { searched, tracks } =
        kept.track(&["one-China principle".parse().unwrap()], &Scope::default()).unwrap();
    assert!(searched.texts == 700 && tracks[0].texts > 100 && tracks[0].uses[0].speakers.len() == 1);
}

#[test]
fn formulae_of_any_period_are_the_same() {
    let (kept, bare, _gone) = made_up("formulae", 900);
    let mut told = 0;
    for wanted in [Wanted::New, Wanted::Vanished] {
        for (since, until) in
            [("", ""), ("2000-01-15", ""), ("2000-01-05", "2000-01-09"), ("2000-01-20", "2000-01-21")]
        {
            for countries in [vec![], vec!["NOR".to_owned()]] {
                let period = (since.parse().ok(), until.parse().ok());
                let scope = Scope { countries, ..Scope::default() };
                let ask =
                    |corpus: &Corpus| corpus.news(wanted, period, &scope, 60).map_err(|wrong| wrong.trouble);
                told += ask(&kept).map_or(0, |news| news.formulae.len());
                same(ask(&kept), ask(&bare), &format!("{wanted:?} {since} {until}"));
            }
        }
    }
    assert!(told > 20, "{told}");
}

#[test]
fn a_sheet_of_positions_is_a_part_of_them() {
    let (kept, bare, _gone) = made_up("positions", 400);
    let vocabulary = Vocabulary::embedded();
    let code = |code: &str| Some(code.to_owned());
    let filters = [
        Filter::default(),
        Filter { country: code("CHN"), ..Filter::default() },
        Filter { from: "2000-01-03".parse().ok(), to: "2000-01-08".parse().ok(), ..Filter::default() },
        Filter { person: code("Dahl"), ..Filter::default() },
    ];
    for topics in [vocabulary.meant("taiwan"), (0..vocabulary.topics().len()).collect()] {
        for filter in &filters {
            let all = kept.positions(filter, &topics, vocabulary).unwrap();
            for at in [(0, 7), (5, 1000), (3, usize::MAX), (usize::MAX, 3)] {
                let ask = |corpus: &Corpus| corpus.position_sheet(filter, &topics, vocabulary, at).unwrap();
                let sheet = ask(&kept);
                let part: Vec<_> = all.rows.iter().skip(at.0).take(at.1).collect();
                same(&sheet.rows, part, "rows");
                assert_eq!((sheet.of, sheet.searched), (all.rows.len(), all.searched));
                assert_eq!(sheet.held.iter().map(|held| held.of).sum::<usize>(), sheet.of);
                same(sheet, ask(&bare), "without what is kept");
            }
        }
    }
}
