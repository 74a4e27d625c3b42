//! Web pages: the article is told from the page around it by `dom_smoothie`, a port of Readability.

use dom_smoothie::{Config, Readability, TextMode};

use super::{Format, Input, Reading, skip};
use crate::assemble::Given;

/// Deeper nesting than any page of text has; trees are walked by recursion.
const DEEPEST: usize = 2_000;

pub(super) const FORMAT: Format = Format {
    name: "html",
    description: "a web page; its article is the text, navigation and markup are left out",
    endings: &["html", "htm", "xhtml"],
    sniff: |input| {
        let head = input.head().to_ascii_lowercase();
        let page = ["<html", "<!doctype html", "<body"].iter().any(|tag| head.contains(tag));
        head.starts_with('<') && (page || input.ends(&["html", "htm", "xhtml"]))
    },
    read,
};

fn read(input: &Input) -> Vec<Reading> {
    if input.text.len() > super::LONGEST {
        return vec![skip(input.path, super::too_long(input.text.len()), false)];
    }
    if depth(input.text) > DEEPEST {
        return vec![skip(input.path, format!("a page nested more than {DEEPEST} deep"), true)];
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let Ok(mut page) = Readability::new(input.text, None, Some(config)) else {
        return vec![skip(input.path, "no page that can be read".to_owned(), true)];
    };
    let time = page.doc.select("time[datetime]").attr("datetime").map(|t| t.to_string());
    let headings = page.doc.select("h1");
    let heading = Some(headings.text().trim().to_owned()).filter(|h| headings.length() == 1 && !h.is_empty());
    let body = page.doc.select("body").formatted_text().to_string();
    let given = match page.parse() {
        Ok(article) => Given {
            text: article.text_content.to_string(),
            title: heading.or(Some(article.title)),
            published: article.published_time.or(time),
            url: article.url,
            publisher: article.site_name,
            language: article.lang,
            ..Given::default()
        },
        Err(_) => Given { text: body, title: heading, published: time, ..Given::default() },
    };
    input.document(given)
}

/// How deep the tags of a page can nest at most: each opening tag one deeper, each closing tag one back.
fn depth(page: &str) -> usize {
    let (mut now, mut deepest) = (0_usize, 0);
    for pair in page.as_bytes().windows(2).filter(|w| w[0] == b'<') {
        match pair[1] {
            b'/' => now = now.saturating_sub(1),
            b if b.is_ascii_alphabetic() => now += 1,
            _ => {}
        }
        deepest = deepest.max(now);
    }
    deepest
}
