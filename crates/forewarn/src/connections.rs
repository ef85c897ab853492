//! Connections: as many at once as there are places, each given up when its request does not come.
//!
//! [`axum::serve`] waits for ever for the rest of a request that was begun: whoever holds a thousand of these open needs
//! no password to keep everybody else out.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, getrlimit};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::{Service as _, ServiceExt as _};

/// Files that are not connections: the database, reports, what goes out.
const OTHER_FILES: u64 = 200;
/// More than any company has browsers open.
const MOST: u64 = 10_000;

/// How long somebody at the other side may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// To send the head of a request, the first one and each that follows on the same connection.
    head: Duration,
    /// To take up some of an answer. Streams that say something every few seconds are not hung up on.
    reading: Duration,
}

impl Patience {
    /// Longer than proxies hold a connection open that they do not use (Caddy two minutes), so that it is they who
    /// let go.
    pub(crate) const USUAL: Self = Self { head: Duration::from_secs(150), reading: Duration::from_secs(60) };
}

/// Serves until `stopped` ends, and then until what is under way has ended.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stopped: impl Future<Output = ()>,
) {
    let mut services = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(places())));
    let mut stopped = pin!(stopped);
    loop {
        let (place, stream, peer) = tokio::select! {
            next = next(&listener, &places) => next,
            () = &mut stopped => break,
        };
        let Ok(service) = services.call(peer).await;
        let service = service.map_request(|request: Request<_>| request.map(Body::new));
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.reading));
        let stream = TokioIo::new(Box::pin(stream));
        let connection = builder.serve_connection(stream, TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // What goes wrong on the way is the other side's, and theirs to notice.
            let _ended = connection.await;
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The next connection, when there is a place for it. Until then it waits in the system's queue.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, TcpStream, SocketAddr) {
    if places.available_permits() == 0 {
        tracing::warn!("every place for a connection is taken; the next one waits");
    }
    // Nobody closes it, so that there is always one in the end.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (place, stream, peer),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Most likely there are too many files open: others have to end first.
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

/// As many as this process may open files for.
fn places() -> usize {
    let files = getrlimit(Resource::Nofile).current.unwrap_or(MOST);
    usize::try_from(files.saturating_sub(OTHER_FILES).clamp(100, MOST)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn whoever_sends_half_a_request_is_hung_up_on_and_others_are_answered() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }));
        let patience = Patience { head: Duration::from_millis(200), ..Patience::USUAL };
        let served = tokio::spawn(serve(listener, router, patience, std::future::pending()));
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
        let mut whole = TcpStream::connect(address).await.unwrap();
        whole.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        whole.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("here"), "{answer}");
        let mut rest = Vec::new();
        let hung_up = tokio::time::timeout(Duration::from_secs(60), half.read_to_end(&mut rest)).await;
        assert!(hung_up.is_ok(), "it holds the connection");
        served.abort();
    }

    #[tokio::test]
    async fn whoever_asks_and_never_reads_is_hung_up_on() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let long = || async { "x".repeat(64 << 20) };
        let router = Router::new().route("/", get(long));
        let patience = Patience { reading: Duration::from_millis(200), ..Patience::USUAL };
        let served = tokio::spawn(serve(listener, router, patience, std::future::pending()));
        let mut asks = TcpStream::connect(address).await.unwrap();
        asks.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_secs(2)).await;
        // Hung up on, it gets what was on its way, and not the whole.
        let mut came = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(60), asks.read_to_end(&mut came)).await;
        assert!(read.is_ok() && came.len() < 64 << 20, "{} bytes", came.len());
        served.abort();
    }
}
