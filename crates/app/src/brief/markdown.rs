//! A brief in Markdown, with footnotes.

use super::Brief;

/// The page as Markdown.
pub(crate) fn markdown(brief: &Brief) -> String {
    let mut page = format!("# {}\n", escaped(&brief.title));
    for part in &brief.parts {
        page += &format!("\n## {}\n\n", escaped(&part.heading));
        if let Some(about) = &part.about {
            page += &format!("{}\n\n", escaped(about));
        }
        for line in &part.lines {
            let notes: String = line.notes.iter().map(|n| format!("[^{n}]")).collect();
            page += &format!("- {}{notes}\n", escaped(&line.text));
        }
        if part.lines.is_empty() {
            page += "Nothing.\n";
        }
    }
    page.push('\n');
    for (number, note) in (1..).zip(&brief.notes) {
        let place = if note.place.is_empty() { String::new() } else { format!(", {}", note.place) };
        page += &format!(
            "[^{number}]: {} ({}{place}): “{}”\n",
            escaped(&note.source),
            note.id,
            escaped(&note.words)
        );
    }
    page
}

/// Text in which nothing is a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::output::harmless(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
