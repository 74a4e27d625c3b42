//! Forms that bring files (RFC 7578).

/// A part of a form: its name, the name of its file where it is one, and what it holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) file: Option<String>,
    pub(super) body: &'a [u8],
}

/// The parts of a body whose kind is said so: `multipart/form-data; boundary=…`. Nothing where it is another kind; what is no part
/// is left out.
pub(super) fn parts<'a>(kind: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let rest = kind.strip_prefix("multipart/form-data")?;
    let boundary = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?.trim_matches('"');
    if boundary.is_empty() || boundary.len() > 70 {
        return None;
    }
    let line = format!("--{boundary}");
    let mut rest = &body[find(body, line.as_bytes())? + line.len()..];
    let mut parts = Vec::new();
    let end = format!("\r\n{line}");
    while let Some(inner) = rest.strip_prefix(b"\r\n") {
        let Some(stop) = find(inner, end.as_bytes()) else { break };
        parts.extend(part(&inner[..stop]));
        rest = &inner[stop + end.len()..];
    }
    Some(parts)
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let head = find(bytes, b"\r\n\r\n")?;
    let about = std::str::from_utf8(&bytes[..head]).ok()?;
    let disposition = about.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    Some(Part {
        name: named(disposition, "name")?,
        file: named(disposition, "filename"),
        body: &bytes[head + 4..],
    })
}

/// `name="file"`; browsers write a quote in it as %22.
fn named(disposition: &str, name: &str) -> Option<String> {
    let start = disposition.find(&format!("; {name}=\""))? + name.len() + 4;
    let value = &disposition[start..];
    Some(value[..value.find('"')?].replace("%22", "\""))
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=x7";

    #[test]
    fn a_form_has_its_fields_and_its_files_byte_for_byte() {
        let body = b"--x7\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nada\r\n--x7\r\nContent-Disposition: form-data; \
                     name=\"file\"; filename=\"a%22b.jsonl\"\r\nContent-Type: text/plain\r\n\r\n{}\r\n\r\n--x\n\r\n--x7--\r\n";
        let parts = parts(KIND, body).expect("it is such a form");
        assert_eq!(
            (parts[0].name.as_str(), parts[0].file.as_deref(), parts[0].body),
            ("who", None, &b"ada"[..])
        );
        assert_eq!((parts[1].file.as_deref(), parts[1].body), (Some("a\"b.jsonl"), &b"{}\r\n\r\n--x\n"[..]));
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn what_is_no_such_form_gives_nothing() {
        assert_eq!(parts("application/x-www-form-urlencoded", b"a=b"), None);
        assert_eq!(parts("multipart/form-data", b"--x7\r\n"), None);
        for body in [
            &b""[..],
            b"--x7",
            b"--x7\r\n",
            b"--x7\r\n\r\n\r\n--x7",
            b"--x7\r\nContent-Disposition: form-data\r\n\r\na",
        ] {
            assert!(parts(KIND, body).is_none_or(|parts| parts.is_empty()), "{body:?}");
        }
    }
}
