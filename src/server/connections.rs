//! How many connections at once, and how long a slow one may take: nobody holds the door shut by saying little.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Layer as _;

/// Files that are not connections: the database's, the site's.
const OTHER_FILES: u64 = 256;

/// So many connections fit: what was asked for, or what the system lets us open when that is less. The system's soft limit is raised first.
pub(super) fn places(wanted: usize) -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
        if let Some(files) = if raised.is_ok() { limit.maximum } else { limit.current } {
            let fit = usize::try_from(files.saturating_sub(OTHER_FILES).max(1)).unwrap_or(usize::MAX);
            if fit < wanted {
                tracing::warn!(connections = fit, "the limit on open files allows fewer connections");
            }
            return wanted.min(fit);
        }
    }
    wanted
}

/// Accepts as long as there is a place; a connection keeps its place until it ends.
#[derive(Clone)]
pub(super) struct Door<A> {
    inner: A,
    places: Arc<Semaphore>,
    silent: Duration,
}

impl<A> Door<A> {
    pub(super) fn new(inner: A, places: usize, silent: Duration) -> Self {
        Self { inner, places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))), silent }
    }
}

/// Kept by the service of a connection: it falls when the connection does.
pub(super) type Place = Arc<OwnedSemaphorePermit>;

impl<A, I, S> Accept<I, S> for Door<A>
where
    A: Accept<I, S> + Clone + Send + 'static,
    A::Stream: AsyncRead + AsyncWrite + Send,
    A::Service: Send,
    A::Future: Send,
    I: Send + 'static,
    S: Send + 'static,
{
    type Stream = Pin<Box<TimeoutStream<A::Stream>>>;
    type Service = AddExtension<A::Service, Place>;
    type Future = BoxFuture<'static, io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        // Closed at once when there is none: who waits in a queue that does not move is not helped.
        let place = self.places.clone().try_acquire_owned();
        let (inner, silent) = (self.inner.clone(), self.silent);
        Box::pin(async move {
            let place = place.map_err(io::Error::other)?;
            let (stream, service) = inner.accept(stream, service).await?;
            let mut stream = TimeoutStream::new(stream);
            stream.set_read_timeout(Some(silent));
            stream.set_write_timeout(Some(silent));
            Ok((Box::pin(stream), Extension(Arc::new(place)).layer(service)))
        })
    }
}
