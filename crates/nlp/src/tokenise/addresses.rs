//! Addresses of the web and of mail, names of hosts, files and accounts.

use super::chunk::Chunk;

/// Bytes that an address of mail or the name of a host or file may have.
const LONGEST: usize = 256;
/// Last parts of the names of hosts.
const HOSTS: [&str; 21] = [
    "com", "org", "net", "gov", "edu", "int", "mil", "info", "eu", "uk", "us", "ru", "cn", "de", "fr", "jp",
    "kr", "ca", "au", "in", "ch",
];
/// Last parts of the names of files.
const FILES: [&str; 14] =
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "txt", "htm", "html", "jpg", "jpeg", "gif", "png", "zip"];

/// Whether these letters end the name of a file.
pub(super) fn is_file(letters: &str) -> bool {
    FILES.iter().any(|e| letters.eq_ignore_ascii_case(e))
}

impl Chunk<'_> {
    /// The end of a name that begins at `at` and does not end where its letters do.
    pub(super) fn address(&self) -> Option<usize> {
        let joins = |c: char| c.is_alphanumeric() || "._+-".contains(c);
        let inside = self.text[self.start..self.at].ends_with(joins);
        let name =
            || if inside { None } else { self.mail().or_else(|| self.account()).or_else(|| self.host()) };
        self.web().or_else(name)
    }

    fn web(&self) -> Option<usize> {
        let rest = self.rest(self.at);
        let begins = |s: &str| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s));
        if !["http://", "https://", "ftp://", "mailto:", "www."].iter().any(|s| begins(s)) {
            return None;
        }
        let address = &rest[..rest.find(['<', '>', '"', '”']).unwrap_or(rest.len())];
        let length = if address.ends_with("...") { address.len() } else { trim(address) };
        (length > 7 || length > 4 && begins("www.")).then_some(self.at + length)
    }

    /// `press@example.org`, and within a house `office@ministry`.
    fn mail(&self) -> Option<usize> {
        let rest = self.near(self.at, LONGEST);
        let local = rest.find(|c: char| !(c.is_alphanumeric() || "._+-".contains(c)))?;
        let domain = rest[local..].strip_prefix('@')?;
        let other = |c: char| !(c.is_alphanumeric() || ".-_".contains(c));
        let length = trim(&domain[..domain.find(other).unwrap_or(domain.len())]);
        (local > 0 && length > 0).then_some(self.at + local + 1 + length)
    }

    /// `@office`, `#summit`.
    fn account(&self) -> Option<usize> {
        let name = self.rest(self.at).strip_prefix(['@', '#'])?;
        let other = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
        let length = trim(&name[..name.find(other).unwrap_or(name.len())]);
        (name.starts_with(char::is_alphabetic) && self.at == self.start).then_some(self.at + 1 + length)
    }

    /// `gov.example.org`, `Annex_2.pdf`, `alt.animals.cat`.
    fn host(&self) -> Option<usize> {
        let rest = self.near(self.at, LONGEST);
        let other = |c: char| !(c.is_alphanumeric() || "._-".contains(c));
        let name = rest[..rest.find(other).unwrap_or(rest.len())].trim_end_matches(['.', '-', '_']);
        let (before, last) = name.rsplit_once('.')?;
        let ending = is_file(last)
            || HOSTS.iter().any(|e| last == *e || last.len() > 2 && last.eq_ignore_ascii_case(e));
        let parts = || before.split('.');
        let lower = |s: &str| s.len() > 1 && s.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let group = parts().count() > 1 && parts().all(lower) && lower(last);
        let named = before.contains(|c: char| c.is_alphanumeric()) && !before.ends_with('.');
        // "the end.In", "U.S.in"
        let plausible =
            last.len() > 2 || before.chars().all(|c| !c.is_uppercase()) && parts().all(|p| p.len() > 1);
        (named && ending && plausible || group).then_some(self.at + name.len())
    }
}

/// Bytes of the address without the marks that follow it.
fn trim(address: &str) -> usize {
    address
        .trim_end_matches([')', ']', '>', '<', '"', '”', '’', '\'', '»', '.', ',', ';', ':', '!', '?'])
        .len()
}
