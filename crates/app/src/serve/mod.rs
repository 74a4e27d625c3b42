//! `serve`: the record as pages in a browser, on this machine.
//!
//! A page is a plain function from the record and what was asked to a [`page::Page`]; [`route`] is the table of all of
//! them. The same rows are HTML, JSON and CSV under one address.

mod actions;
mod asked;
mod cite;
mod desk;
mod downloads;
mod fault;
mod files;
mod layout;
mod multipart;
mod page;
mod pages;
mod parts;
mod route;
mod server;
mod shield;
mod words;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::Ended;
use crate::output::Output;

/// Where the pages are to be had, and by whom.
#[derive(Debug, Args)]
pub(crate) struct Door {
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 7411)]
    port: u16,
    /// The address to listen on. Any but the loopback address lets other machines in, and needs a token
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// What a browser must know to be let in, 16 letters or more
    #[arg(long, value_name = "TOKEN", env = "CHANCERY_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// In whose name corrections are made, until a browser says otherwise [default: the name this machine knows you by]
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
}

/// The least letters of a token.
const TOKEN: usize = 16;

/// Open the record and answer until the program is ended.
pub(crate) fn serve(door: &Door, record: &Path) -> Result<Ended> {
    if let Some(token) = &door.token
        && (token.chars().count() < TOKEN || !token.chars().all(|c| c.is_ascii_graphic()))
    {
        bail!("the token must be {TOKEN} letters, digits or signs at least, without blanks");
    }
    if !door.address.is_loopback() && door.token.is_none() {
        bail!(
            "{} would let other machines in: give a token with --token, or leave --address away to stay on this machine",
            door.address
        );
    }
    let desk = desk::Desk::open(record)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let wanted = SocketAddr::new(door.address, door.port);
        let listener = tokio::net::TcpListener::bind(wanted).await.with_context(|| {
            format!("port {} of {}; --port 0 takes any that is free", door.port, door.address)
        })?;
        let address = listener.local_addr()?;
        let mut out = Output::new();
        let entry = door.token.as_ref().map(|token| format!("?token={token}")).unwrap_or_default();
        out.line(&format!("Chancery is at http://{address}/{entry}"))?;
        out.finish()?;
        let who = door
            .coder
            .clone()
            .or_else(|| ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()));
        let shield = shield::Shield { address, token: door.token.clone() };
        axum::serve(listener, server::router(desk, shield, who.unwrap_or_default()))
            .await
            .context("the server")
    })?;
    Ok(Ended::Well)
}
