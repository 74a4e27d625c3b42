//! A brief as one page of HTML that needs nothing else and prints well.

use super::Brief;

const STYLE: &str = "body{font:1rem/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}\
.about,.note{color:#4a4a4a;font-size:.9rem}li{margin:.3rem 0}sup a{text-decoration:none}\
@media (prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.about,.note{color:#b5b5b5}a{color:#8ab4f8}}\
@media print{body{margin:0;max-width:none}}";

/// The page as HTML.
pub(crate) fn html(brief: &Brief) -> String {
    let title = escaped(&brief.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>\n"
    );
    for part in &brief.parts {
        page += &format!("<section><h2>{}</h2>\n", escaped(&part.heading));
        if let Some(about) = &part.about {
            page += &format!("<p class=\"about\">{}</p>\n", escaped(about));
        }
        let line = |l: &super::Line| {
            let mark = |n: &usize| format!("<sup><a href=\"#n{n}\" id=\"r{n}\">{n}</a></sup>");
            format!("<li>{}{}</li>\n", escaped(&l.text), l.notes.iter().map(mark).collect::<String>())
        };
        match part.lines.is_empty() {
            true => page += "<p>Nothing.</p>",
            false => page += &format!("<ul>\n{}</ul>", part.lines.iter().map(line).collect::<String>()),
        }
        page += "</section>\n";
    }
    page += "<section><h2>Notes</h2>\n<ol>\n";
    for (number, note) in (1..).zip(&brief.notes) {
        let place = if note.place.is_empty() { String::new() } else { format!(", {}", note.place) };
        page += &format!(
            "<li class=\"note\" id=\"n{number}\">{} (<code>{}</code>{place}): “{}” <a href=\"#r{number}\" aria-label=\"back to the line\">↩</a></li>\n",
            escaped(&note.source),
            escaped(&note.id),
            escaped(&note.words)
        );
    }
    page + "</ol></section></main></body></html>\n"
}

fn escaped(text: &str) -> String {
    let text = crate::output::harmless(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Note, Part};
    use super::*;

    #[test]
    fn what_a_text_says_is_never_markup() {
        let line = Line { text: "<script>alert(1)</script>".to_owned(), notes: vec![1] };
        let note = Note {
            source: "a & b".to_owned(),
            id: "d1.s1".to_owned(),
            place: String::new(),
            words: "\"<b>\"".to_owned(),
        };
        let part = Part { heading: "<i>".to_owned(), about: None, lines: vec![line] };
        let page = html(&Brief { title: "<t>".to_owned(), parts: vec![part], notes: vec![note] });
        assert!(
            !page.contains("<script")
                && !page.contains("<b>")
                && !page.contains("<i>")
                && !page.contains("<t>")
        );
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;<sup><a href=\"#n1\""));
    }
}
