//! Requests in, answers out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use serde_json::json;
use tokio::sync::Semaphore;

use super::desk::Desk;
use super::fault::Fault;
use super::route::{Form, find, openapi};
use super::shield::Shield;
use super::{files, layout};

/// Requests that are worked on at a time; others wait.
const AT_A_TIME: usize = 4;
/// How long a page may take.
const LIMIT: Duration = Duration::from_secs(20);
/// Bytes of what a page may send.
const SENT: usize = 4 << 20;

/// What all requests share.
struct Server {
    desk: Desk,
    places: Semaphore,
}

/// All addresses of the server.
pub(super) fn router(desk: Desk, shield: Shield) -> Router {
    let server = Arc::new(Server { desk, places: Semaphore::new(AT_A_TIME) });
    Router::new()
        .fallback(answer)
        .with_state(server)
        .layer(DefaultBodyLimit::max(SENT))
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
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return faulty(&Fault { status: 405, words: "pages are only read".to_owned() }, Form::Html, None);
    }
    if let Some((kind, bytes)) = files::file(uri.path()) {
        return response(StatusCode::OK, kind, bytes);
    }
    if uri.path() == "/openapi.json" {
        return response(StatusCode::OK, "application/json", openapi().to_string());
    }
    let form = find(uri.path(), "").map_or(Form::Html, |(_, form, _)| form);
    let timed = tokio::time::timeout(LIMIT, worked(server, uri));
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

/// A page, made on a thread that may wait for the disk; what goes wrong in it is its own.
async fn worked(server: Arc<Server>, uri: Uri) -> Response {
    let broken = || Fault {
        status: 500,
        words: "the page could not be made; that is a fault of Chancery's".to_owned(),
    };
    let Ok(place) = Arc::clone(&server).places_of().await else { return faulty(&broken(), Form::Html, None) };
    let work = tokio::task::spawn_blocking(move || {
        let _place = place;
        catch_unwind(AssertUnwindSafe(|| page(&server.desk, &uri)))
    });
    match work.await {
        Ok(Ok(response)) => response,
        _ => faulty(&broken(), Form::Html, None),
    }
}

impl Server {
    async fn places_of(self: Arc<Self>) -> Result<Place, tokio::sync::AcquireError> {
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

fn page(desk: &Desk, uri: &Uri) -> Response {
    let Some((route, form, asked)) = find(uri.path(), uri.query().unwrap_or_default()) else {
        let words = format!("there is no page at {}; the navigation above leads to all", uri.path());
        return faulty(&Fault::missing(words), Form::Html, None);
    };
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
