//! Serving, until somebody says stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;
use tokio::task::JoinHandle;

use super::config::{Data, Patience, Serve};
use super::connections::{Door, places};
use super::peer::Front;
use super::{Server, builds, erasures, open, router, site, wishes};

/// How long requests that are under way get to finish.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its requests use.
    pub server: Arc<Server>,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
    agreeing: JoinHandle<()>,
}

impl Running {
    /// Takes no more requests, finishes those under way, and closes the database.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.handle.graceful_shutdown(Some(PATIENCE));
        self.finished().await
    }

    pub(super) fn handle(&self) -> Handle<SocketAddr> {
        self.handle.clone()
    }

    pub(super) async fn finished(self) -> anyhow::Result<()> {
        self.task.await.context("the server's task")?.context("serving")?;
        self.agreeing.abort();
        self.server.storage.close().await;
        Ok(())
    }
}

/// Opens the data and starts to serve.
///
/// # Errors
/// When the data does not open, the certificate can't be read, or the address is taken.
pub async fn start(data: &Data, serve: &Serve) -> anyhow::Result<Running> {
    let server = Arc::new(open(data).await?);
    // Before anything is served; what fails is tried again every minute, and is no reason to serve nobody.
    if let Err(why) = wishes::grant(&server, chrono::Utc::now()).await {
        tracing::error!(why = %format!("{why:#}"), "a wish for no contact was not carried out; tried again within a minute");
    }
    if !serve.site.join("index.html").is_file() {
        tracing::warn!(site = %serve.site.display(), "there is no index.html: the API is served, the app is not");
    }
    let tls = match (&serve.tls_cert, &serve.tls_key) {
        (Some(cert), Some(key)) => {
            // Fails when a provider was installed before: then that one serves.
            let _ = rustls::crypto::ring::default_provider().install_default();
            Some(RustlsConfig::from_pem_file(cert, key).await.context("reading the certificate and its key")?)
        }
        _ => None,
    };
    let front = Front { tls: tls.is_some(), trusted: serve.trusted_proxies.clone() };
    let builds = data.builds_path(serve);
    // The newest build is served all the same; only an app that waits with its update would miss a file.
    let kept = builds::keep(&serve.site, &builds).unwrap_or_else(|why| {
        tracing::warn!(builds = %builds.display(), error = %format!("{why:#}"), "the files of earlier builds can't be kept");
        Vec::new()
    });
    let site = site::service(&serve.site, &kept);
    let app = router::router(server.clone(), site, front, serve.patience).context("describing the API")?;
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let listen = serve.listen;
    let listening = handle.clone();
    let (places, silent) = (places(serve.max_connections), serve.patience.silent);
    let task = match tls {
        Some(tls) => {
            let serving = axum_server::bind_rustls(listen, tls).handle(listening).map(|inner| Door::new(inner, places, silent));
            tokio::spawn(patient(serving, serve.patience).serve(app))
        }
        None => {
            // A connection that is not encrypted is HTTP/1: waiting to see which it is would have no end.
            let serving = axum_server::bind(listen).handle(listening).http1_only().map(|inner| Door::new(inner, places, silent));
            tokio::spawn(patient(serving, serve.patience).serve(app))
        }
    };
    match handle.listening().await {
        Some(address) => {
            let agreeing = tokio::spawn(erasures::keep_agreeing(Arc::downgrade(&server), server.wishes.came.clone()));
            Ok(Running { address, server, handle, task, agreeing })
        }
        None => {
            task.await.context("the server's task")?.with_context(|| format!("listening on {listen}"))?;
            anyhow::bail!("could not listen on {listen}")
        }
    }
}

fn patient<A>(mut serving: axum_server::Server<SocketAddr, A>, patience: Patience) -> axum_server::Server<SocketAddr, A> {
    let builder = serving.http_builder();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience.head);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(patience.silent / 2).max_concurrent_streams(64);
    serving
}

/// Stops gracefully on SIGTERM and Ctrl-C.
pub(super) async fn until_told(running: Running) -> anyhow::Result<()> {
    let handle = running.handle();
    tokio::spawn(async move {
        told().await;
        tracing::info!("stopping");
        handle.graceful_shutdown(Some(PATIENCE));
    });
    running.finished().await
}

async fn told() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}
