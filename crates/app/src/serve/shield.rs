//! Who is let in, and what a page may do in the browser.
//!
//! Texts are hostile and so are other pages of the same browser: a request must name this server as its host, must not
//! come from another page, and, where a token is set, must know it.

use std::net::SocketAddr;

use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue,
    ORIGIN, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{Method, Uri};

use super::fault::Fault;

/// What a browser is told with every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Without any, browsers say of a posted form that it comes from nowhere, and it is refused.
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The cookie that holds the token.
const KEY: &str = "chancery";

/// Where the server listens and what it wants to know.
#[derive(Debug, Clone)]
pub(super) struct Shield {
    pub(super) address: SocketAddr,
    pub(super) token: Option<String>,
}

impl Shield {
    /// Whether the request may be answered.
    ///
    /// # Errors
    /// It names another host, comes from another page, or does not know the token.
    pub(super) fn admit(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        let refuse = |words: &str| Err(Fault { status: 403, words: words.to_owned() });
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let Some(host) = text(HOST).filter(|host| self.is_here(host)) else {
            return refuse("this server answers only under its own address");
        };
        let foreign = |origin: &str| origin != format!("http://{host}");
        let site = text(HeaderName::from_static("sec-fetch-site"));
        if text(ORIGIN).is_some_and(foreign)
            || *method != Method::GET && site.is_some_and(|s| s != "same-origin")
        {
            return refuse("the request comes from another page");
        }
        match &self.token {
            Some(token) if !knows(token, uri, headers) => Err(Fault {
                status: 401,
                words: "open the address with its token, as it was printed: /?token=…".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// A rebound name of another host is refused; where other machines are let in, the token is what protects.
    fn is_here(&self, host: &str) -> bool {
        let port = self.address.port();
        let name = host.strip_suffix(&format!(":{port}")).unwrap_or(if port == 80 { host } else { "" });
        match self.address.ip().is_loopback() {
            true => {
                matches!(name, "127.0.0.1" | "localhost" | "[::1]") || name == self.address.ip().to_string()
            }
            false => !name.is_empty(),
        }
    }

    /// What is added to every answer; a token that came in the address is kept in a cookie.
    pub(super) fn mark(&self, headers: &mut HeaderMap, uri: &Uri) {
        for (name, value) in HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Some(token) = self.token.as_ref().filter(|token| given(uri).is_some_and(|g| same(&g, token)))
            && let Ok(value) = HeaderValue::from_str(&format!(
                "{KEY}={}; HttpOnly; SameSite=Strict; Path=/",
                super::asked::part(token)
            ))
        {
            headers.insert(SET_COOKIE, value);
        }
    }
}

fn knows(token: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let bearer = headers.get(AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    let kept = super::asked::part(token);
    let cookie = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).any(|cookies| {
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == KEY && same(value, &kept))
    });
    cookie || bearer.is_some_and(|b| same(b, token)) || given(uri).is_some_and(|g| same(&g, token))
}

fn given(uri: &Uri) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find(|(name, _)| name == "token").map(|(_, value)| value.into_owned())
}

/// In a time that does not tell how much is right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |wrong, (a, b)| wrong | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(token: Option<&str>, uri: &str, headers: &[(&'static str, &str)]) -> Result<(), u16> {
        let address = "127.0.0.1:7411".parse().expect("an address");
        let shield = Shield { address, token: token.map(str::to_owned) };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).expect("a header"));
        }
        let method = if uri.starts_with("/corrections") { Method::POST } else { Method::GET };
        shield.admit(&method, &uri.parse().expect("an address"), &map).map_err(|f| f.status)
    }

    #[test]
    fn only_requests_to_this_host_are_answered() {
        assert_eq!(admitted(None, "/", &[("host", "127.0.0.1:7411")]), Ok(()));
        assert_eq!(admitted(None, "/", &[("host", "localhost:7411")]), Ok(()));
        for host in
            ["evil.example:7411", "127.0.0.1:80", "127.0.0.1", "evil.example", "127.0.0.1.evil.example:7411"]
        {
            assert_eq!(admitted(None, "/", &[("host", host)]), Err(403), "{host}");
        }
        assert_eq!(admitted(None, "/", &[]), Err(403));
    }

    #[test]
    fn another_page_cannot_ask_or_write() {
        let here = ("host", "127.0.0.1:7411");
        let post = |more: &[(&'static str, &str)]| admitted(None, "/corrections", &[&[here], more].concat());
        assert_eq!(post(&[("origin", "http://127.0.0.1:7411"), ("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(post(&[("origin", "http://evil.example")]), Err(403));
        assert_eq!(post(&[("origin", "null")]), Err(403));
        assert_eq!(post(&[("sec-fetch-site", "cross-site")]), Err(403));
        assert_eq!(post(&[("origin", "http://localhost:7411")]), Err(403));
    }

    #[test]
    fn a_token_lets_in_by_address_by_cookie_and_by_header() {
        let here = ("host", "127.0.0.1:7411");
        let token = Some("0123456789abcdef");
        assert_eq!(admitted(token, "/", &[here]), Err(401));
        assert_eq!(admitted(token, "/?token=0123456789abcdeX", &[here]), Err(401));
        assert_eq!(admitted(token, "/?token=0123456789abcdef", &[here]), Ok(()));
        assert_eq!(admitted(token, "/", &[here, ("cookie", "a=b; chancery=0123456789abcdef")]), Ok(()));
        assert_eq!(admitted(token, "/", &[here, ("authorization", "Bearer 0123456789abcdef")]), Ok(()));
    }
}
