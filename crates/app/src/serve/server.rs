//! Requests in, answers out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use serde_json::json;
use tokio::sync::Semaphore;

use super::actions::{ACTIONS, Action, IMPORT, Sent};
use super::asked::{Asked, part};
use super::desk::Desk;
use super::downloads::{DOWNLOADS, Download};
use super::fault::Fault;
use super::page::Page;
use super::route::{Form, find, openapi};
use super::shield::Shield;
use super::{files, layout};

/// Requests that are worked on at a time; others wait.
const AT_A_TIME: usize = 4;
/// How long a page may take.
const LIMIT: Duration = Duration::from_secs(20);
/// Bytes of what a page may send.
const SENT: usize = 4 << 20;
/// Bytes of files that are taken up in one go.
pub(super) const FILES: usize = 32 << 20;

/// How long an action waits for what joins documents to be made anew; it goes on without.
const PATIENCE: Duration = Duration::from_secs(2);
/// The cookie that holds the name in which corrections are made.
const NAME: &str = "chancery-name";

/// What all requests share.
struct Server {
    desk: Desk,
    /// In whose name corrections are made where a browser does not say.
    who: String,
    places: Semaphore,
}

/// All addresses of the server.
pub(super) fn router(desk: Desk, shield: Shield, who: String) -> Router {
    let server = Arc::new(Server { desk, who, places: Semaphore::new(AT_A_TIME) });
    Router::new()
        .fallback(answer)
        .with_state(server)
        .layer(DefaultBodyLimit::max(FILES))
        .layer(from_fn_with_state(Arc::new(shield), guarded))
}

/// Lets in who may come in, and tells the browser what a page may do.
async fn guarded(State(shield): State<Arc<Shield>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = match shield.admit(request.method(), &uri, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(fault) => faulty(&fault, Form::Html, None),
    };
    shield.mark(response.headers_mut(), &uri);
    response
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let uri = request.uri().clone();
    let who = named(request.headers()).unwrap_or_else(|| server.who.clone());
    if *request.method() == Method::POST {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_owned();
        return act(server, &uri, who, &kind, request.into_body()).await;
    }
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return refused(405, "pages are read, and forms are posted");
    }
    if let Some((kind, bytes)) = files::file(uri.path()) {
        return response(StatusCode::OK, kind, bytes);
    }
    if uri.path() == "/openapi.json" {
        return response(StatusCode::OK, "application/json", openapi().to_string());
    }
    let form = find(uri.path(), "").map_or(Form::Html, |(_, form, _)| form);
    let timed = tokio::time::timeout(LIMIT, worked(server, move |server| page(&server.desk, &uri, who)));
    match timed.await {
        Ok(response) => response,
        Err(_) => {
            let words = format!(
                "this took more than {} seconds; ask for less, as a country or a period",
                LIMIT.as_secs()
            );
            faulty(&Fault { status: 503, words }, form, None)
        }
    }
}

/// Does what a form asks, and shows what came of it.
async fn act(server: Arc<Server>, uri: &Uri, who: String, kind: &str, body: Body) -> Response {
    let most = if uri.path() == IMPORT { FILES } else { SENT };
    let Ok(body) = axum::body::to_bytes(body, most).await else {
        let words = format!(
            "more was sent than the {} MB that a form may hold; 'chancery corrections import' takes larger files",
            most >> 20
        );
        return refused(413, &words);
    };
    let sent = Sent::new(who, kind, &body);
    if uri.path() == "/me" {
        return me(&sent);
    }
    let Some(&(_, action)) = ACTIONS.iter().find(|(path, _)| *path == uri.path()) else {
        return refused(404, "no form is posted there");
    };
    let again = Arc::clone(&server);
    let done = worked(server, move |server| {
        let done = server.desk.write(|corpus| match action {
            Action::Leads(action) => action(corpus, &sent).map(|to| onward(&to)),
            Action::Shows(action) => {
                action(corpus, &sent).map(|page| framed(&page, "/corrections", &sent.who))
            }
        });
        match done {
            Ok(Ok(response)) => response,
            Ok(Err(fault)) => faulty(&fault, Form::Html, None),
            Err(error) => faulty(&error.into(), Form::Html, None),
        }
    });
    let done = done.await;
    let linked = tokio::task::spawn_blocking(move || again.desk.write(|corpus| corpus.link()));
    let _ = tokio::time::timeout(PATIENCE, linked).await;
    done
}

/// Keeps the name in which corrections are made.
fn me(sent: &Sent) -> Response {
    let name: String = sent.get("name").unwrap_or_default().chars().take(80).collect();
    let mut response = onward(sent.get("back").filter(|back| is_own(back)).unwrap_or("/"));
    let cookie = format!("{NAME}={}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000", part(&name));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Whether an address is one of this server.
fn is_own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

/// The name that a browser gave before.
fn named(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|c| c.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, name) = pairs.find(|(name, value)| *name == NAME && !value.is_empty())?;
    percent_encoding::percent_decode_str(name).decode_utf8().ok().map(|name| name.into_owned())
}

/// Another page is the answer.
fn onward(to: &str) -> Response {
    let mut response = response(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn refused(status: u16, words: &str) -> Response {
    faulty(&Fault { status, words: words.to_owned() }, Form::Html, None)
}

/// Something done on a thread that may wait for the disk; what goes wrong in it is its own.
async fn worked(server: Arc<Server>, work: impl FnOnce(&Server) -> Response + Send + 'static) -> Response {
    let broken = || refused(500, "this could not be done; that is a fault of Chancery's");
    let Ok(place) = Arc::clone(&server).place().await else { return broken() };
    let work = tokio::task::spawn_blocking(move || {
        let _place = place;
        catch_unwind(AssertUnwindSafe(|| work(&server)))
    });
    match work.await {
        Ok(Ok(response)) => response,
        _ => broken(),
    }
}

impl Server {
    async fn place(self: Arc<Self>) -> Result<Place, tokio::sync::AcquireError> {
        self.places.acquire().await?.forget();
        Ok(Place(self))
    }
}

/// One of the places of requests that are worked on; given back when dropped, also after a time-out or a panic.
struct Place(Arc<Server>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.places.add_permits(1);
    }
}

/// What came of a form, in the frame of the page that it stands on.
fn framed(page: &Page, path: &str, who: &str) -> Response {
    let Some((route, _, mut asked)) = find(path, "") else { return refused(404, "there is no such page") };
    who.clone_into(&mut asked.who);
    let text = layout::page(page, route, &asked).into_string();
    response(StatusCode::OK, "text/html; charset=utf-8", text)
}

/// A file to keep, under the last part of its address.
fn download(desk: &Desk, uri: &Uri, file: &Download) -> Response {
    let asked = Asked::new(file.path, String::new(), uri.query().unwrap_or_default());
    match desk.read(|corpus| (file.text)(corpus, &asked)).map_err(Fault::from).and_then(|text| text) {
        Ok(text) => {
            let mut response = response(StatusCode::OK, file.kind, text);
            let name = file.path.rsplit('/').next().unwrap_or_default();
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                response.headers_mut().insert(CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(fault) => faulty(&fault, Form::Html, None),
    }
}

fn page(desk: &Desk, uri: &Uri, who: String) -> Response {
    if let Some(file) = DOWNLOADS.iter().find(|file| file.path == uri.path()) {
        return download(desk, uri, file);
    }
    let Some((route, form, mut asked)) = find(uri.path(), uri.query().unwrap_or_default()) else {
        let words = format!("there is no page at {}; the navigation above leads to all", uri.path());
        return faulty(&Fault::missing(words), Form::Html, None);
    };
    asked.who = who;
    let made = desk.read(|corpus| (route.page)(corpus, &asked)).map_err(Fault::from).and_then(|page| page);
    match (made, form) {
        (Ok(page), Form::Html) => response(
            StatusCode::OK,
            "text/html; charset=utf-8",
            layout::page(&page, route, &asked).into_string(),
        ),
        (Ok(page), Form::Json) => response(StatusCode::OK, "application/json", page.twin.json(&page.title)),
        (Ok(page), Form::Csv) => response(StatusCode::OK, "text/csv; charset=utf-8", page.twin.csv()),
        (Ok(page), Form::Gexf) => match page.twin.gexf() {
            Some(graph) => response(StatusCode::OK, "application/gexf+xml", graph),
            None => {
                faulty(&Fault::missing("this page is no network; /network.gexf is"), form, Some(route.path))
            }
        },
        (Err(fault), form) => faulty(&fault, form, Some(route.path)),
    }
}

fn faulty(fault: &Fault, form: Form, path: Option<&str>) -> Response {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match form {
        Form::Html => response(status, "text/html; charset=utf-8", layout::fault(fault, path).into_string()),
        Form::Json => response(status, "application/json", json!({ "fault": fault.words }).to_string()),
        Form::Csv | Form::Gexf => response(status, "text/plain; charset=utf-8", format!("{}\n", fault.words)),
    }
}

fn response(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
