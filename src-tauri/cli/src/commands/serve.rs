//! `lectern serve`: the page and the HTTP interface on a port, with workers that read.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use app::App;
use model::Caller;
use tokio::net::TcpListener;

use super::stopping;
use crate::failure::Failure;
use crate::{Global, opening, terminal};

/// Arguments of `lectern serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8480")]
    listen: SocketAddr,
    /// Print an address that signs in whoever opens it first, within five minutes
    #[arg(long)]
    open_code: bool,
    /// Listen on an address that other machines can reach
    ///
    /// Lectern does not encrypt what it sends over the network. Put a proxy with TLS in front, or
    /// listen only inside a network that you trust.
    #[arg(long)]
    allow_network: bool,
    /// Also answer to this host name, such as the public name of a proxy in front (can be repeated)
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

/// How long requests that are in hand when the program ends may still take.
const ENDING: Duration = Duration::from_secs(5);

/// Serves until it is asked to stop.
pub(crate) fn run(global: &Global, arguments: Arguments) -> anyhow::Result<ExitCode> {
    refuse_open_network(&arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("The program cannot start its threads")?;
    let (app, caller) = opening::open(global)?;
    let workers = app::jobs::start(&app)?;
    let served = runtime.block_on(serve(&app, caller, arguments));
    workers.stop();
    // What is left of requests lets go of the store before the store itself goes: the connections to a
    // server may not end inside of the runtime.
    runtime.shutdown_timeout(ENDING);
    served.map(|()| ExitCode::SUCCESS)
}

fn refuse_open_network(arguments: &Arguments) -> Result<(), Failure> {
    let address = arguments.listen.ip();
    if address.is_loopback() || arguments.allow_network {
        return Ok(());
    }
    Err(Failure::new(
        format!(
            "`{address}` can be reached by other machines, and what Lectern sends is not encrypted"
        ),
        "Listen on 127.0.0.1 behind a proxy with TLS and name its host with `--host`, or say \
         `--allow-network` in a network that you trust.",
    ))
}

async fn serve(app: &App, caller: Caller, arguments: Arguments) -> anyhow::Result<()> {
    let listen = arguments.listen;
    let listener = TcpListener::bind(listen).await.map_err(|cause| {
        let hint = "Another Lectern may listen there; choose another port with `--listen`.";
        Failure::new(format!("`{listen}` cannot be listened on"), hint).because(cause)
    })?;
    let address = listener.local_addr()?;
    let (asked, open_code) = (app.clone(), arguments.open_code);
    // Not on this thread: the store may be on a server, and its client waits for the answers itself.
    let told = move || tell_how_to_sign_in(&asked, &caller, address, open_code);
    tokio::task::spawn_blocking(told).await??;
    let stop = async {
        if let Err(error) = stopping::asked().await {
            tracing::error!(%error, "signals cannot be waited for, so the program stops");
        }
    };
    api::serve(app.clone(), listener, arguments.host, stop).await?;
    Ok(())
}

/// Prints where the page is, and on the first start with what to sign in.
fn tell_how_to_sign_in(
    app: &App,
    caller: &Caller,
    address: SocketAddr,
    open_code: bool,
) -> Result<(), app::Error> {
    if let Some(admin) = app::people::ensure_admin(app)? {
        let (name, password) = (admin.name, admin.password.expose());
        terminal::result(format_args!(
            "First start: sign in as `{name}` with the password `{password}`. It is shown only now."
        ));
    }
    terminal::result(format_args!("Lectern is at http://{address}/app/"));
    if open_code {
        let code = app::people::make_code(app, caller)?;
        let code = code.expose();
        terminal::result(format_args!(
            "Open this once, within five minutes: http://{address}/app/#code={code}"
        ));
    }
    Ok(())
}
