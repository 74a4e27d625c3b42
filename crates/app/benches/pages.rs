//! What each page of `chancery serve` costs on a record, and what a first visit loads:
//!
//!     cargo run --release -p chancery-corpus --example made -- RECORD 100000
//!     cargo bench -p chancery --bench pages -- RECORD [--load]
//!
//! Times are of the whole request over the loopback address, the first and the worst of the rounds after it; `--load` asks the
//! quick pages ten thousand times.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const LOAD: usize = 10_000;
/// Milliseconds: pages that take longer are asked no ten thousand times.
const QUICK: f64 = 20.0;
const PAGES: [&str; 45] = [
    "/",
    "/documents",
    "/documents?country=NOR",
    "/documents?person=Dahl",
    "/documents?from=2003&to=2004",
    "/documents?after=d50000",
    "/documents/d50000",
    "/meetings",
    "/meetings?country=CHN",
    "/meetings?person=Dahl",
    "/meetings?from=2003-03",
    "/meetings/M50000",
    "/people",
    "/people?country=NOR",
    "/people?person=Dahl",
    "/people/Zo%C3%AB%20Dahl",
    "/statements",
    "/statements?country=SWE",
    "/statements?after=d90000.s1",
    "/events",
    "/events?country=CHN&from=2005&to=2006",
    "/events?person=Dahl",
    "/doubts",
    "/roles?person=Dahl",
    "/ingest",
    "/why/d50000.s3",
    "/dyad?with=CHN&with=USA",
    "/compare?a=d41&b=d81",
    "/phrases?q=one-China+principle",
    "/search?q=ceasefire+country:USA",
    "/timeline",
    "/timeline?country=CHN&from=2003&to=2004",
    "/network",
    "/map",
    "/dyad",
    "/brief?with=CHN&with=USA",
    "/series?with=CHN&with=USA&topic=taiwan",
    "/positions?topic=taiwan",
    "/topics",
    "/new",
    "/vanished",
    "/new?since=2006",
    "/vanished?since=2006",
    "/search?q=holder:CHN+ceasefire",
    "/doubts?country=SWE",
];

fn main() {
    let record = std::env::args().skip(1).find(|a| !a.starts_with("--")).expect("name a record");
    let (mut server, host) = start(&record);
    println!("{:44} {:>9} {:>9} {:>9}", "page", "first", "worst", "bytes");
    let mut quick = Vec::new();
    for page in PAGES {
        let (first, bytes) = ask(&host, page);
        let worst = (0..ROUNDS).map(|_| ask(&host, page).0).max().unwrap();
        println!("{page:44} {:>7.1}ms {:>7.1}ms {bytes:>9}", ms(first), ms(worst));
        if ms(worst) < QUICK {
            quick.push(page);
        }
    }
    let first: usize = ["/", "/assets/page.css", "/assets/page.js"].iter().map(|p| ask(&host, p).1).sum();
    println!("first load: {first} bytes, not compressed");
    if std::env::args().any(|a| a == "--load") {
        load(&server, &host, &quick);
    }
    server.kill().unwrap();
    server.wait().unwrap();
}

/// Many requests one after another, of pages that are quick.
fn load(server: &Child, host: &str, quick: &[&str]) {
    let before = memory(server);
    let start = Instant::now();
    for page in quick.iter().cycle().take(LOAD) {
        ask(host, page);
    }
    let rate = LOAD as f64 / start.elapsed().as_secs_f64();
    println!("{LOAD} requests: {rate:.0} a second; memory {before} kB before, {} kB after", memory(server));
}

fn start(record: &str) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["serve", "--port", "0", "--record", record])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let host = line.trim().trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    (server, host)
}

/// How long a page took, and the bytes of its body.
fn ask(host: &str, page: &str) -> (Duration, usize) {
    let start = Instant::now();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let took = start.elapsed();
    let head = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    if !answer.starts_with(b"HTTP/1.1 200") {
        println!(
            "{page}: {}",
            String::from_utf8_lossy(&answer[..answer.len().min(60)]).lines().next().unwrap()
        );
    }
    (took, answer.len() - head - 4)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Of the server, in kB, where the system tells it.
fn memory(server: &Child) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.unwrap_or("?").trim().trim_end_matches(" kB").to_owned()
}
