//! Two listeners, plain HTTP and TLS, in front of one world.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rcgen::{CertificateParams, KeyPair, PublicKeyData};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::hosts::{CERTIFIED, dispatch};
use crate::http::{Ask, Reply, refuse};
use crate::jwt::Signing;
use crate::state::World;

/// Largest body taken: no request of the portal or of the token endpoint comes near it.
const MAX_BODY: usize = 1 << 20;

/// How to start.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Port of the plain listener; 0 picks one.
    pub http_port: u16,
    /// Port of the TLS listener; 0 picks one.
    pub tls_port: u16,
    /// The practice portal's built files (`target/handrail/portal`).
    pub portal: Option<PathBuf>,
}

/// A running practice tenant. Dropped, it stops.
pub struct Running {
    /// Where plain HTTP listens: for the Worker's outbound requests and for tests.
    pub http: SocketAddr,
    /// Where TLS listens: for browsers.
    pub tls: SocketAddr,
    /// Base64 SHA-256 of the certificate's public key, for `--ignore-certificate-errors-spki-list`.
    pub spki: String,
    /// The certificate, PEM.
    pub certificate_pem: String,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

struct Shared {
    world: Mutex<World>,
    signing: Signing,
    portal: Option<PathBuf>,
}

/// Starts the practice tenant on loopback.
///
/// # Errors
/// When a port is taken or no key or certificate can be made.
pub async fn start(options: Options) -> Result<Running> {
    let signing = tokio::task::spawn_blocking(Signing::make).await??;
    let shared = Arc::new(Shared { world: Mutex::new(World::new()), signing, portal: options.portal });
    let router = Router::new().fallback(answer).with_state(shared);
    let plain = listen(options.http_port).await?;
    let secure = listen(options.tls_port).await?;
    let (http, tls) = (plain.local_addr()?, secure.local_addr()?);
    let identity = identity()?;
    let acceptor = TlsAcceptor::from(identity.config);
    let tasks = vec![
        tokio::spawn(serve_plain(plain, router.clone())),
        tokio::spawn(serve_tls(secure, acceptor, router)),
    ];
    Ok(Running { http, tls, spki: identity.spki, certificate_pem: identity.pem, tasks })
}

async fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.with_context(|| format!("port {port} cannot be used"))
}

struct Identity {
    config: Arc<rustls::ServerConfig>,
    spki: String,
    pem: String,
}

fn identity() -> Result<Identity> {
    let key = KeyPair::generate()?;
    let mut names: Vec<String> = CERTIFIED.iter().map(|n| (*n).to_owned()).collect();
    names.push("127.0.0.1".into());
    let certificate = CertificateParams::new(names)?.self_signed(&key)?;
    let spki = STANDARD.encode(Sha256::digest(key.subject_public_key_info()));
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Identity { config: Arc::new(config), spki, pem: certificate.pem() })
}

async fn serve_plain(listener: TcpListener, router: Router) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection(stream, router.clone()));
    }
}

async fn serve_tls(listener: TcpListener, acceptor: TlsAcceptor, router: Router) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, router) = (acceptor.clone(), router.clone());
        tokio::spawn(async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                connection(stream, router).await;
            }
        });
    }
}

async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, router: Router) {
    let service = TowerToHyperService::new(router);
    // A connection that breaks off is the other side's affair.
    let _ =
        Builder::new(TokioExecutor::new()).http1_only().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return refuse(413, "TooLarge", "The request body is too large.");
    };
    let header = parts.headers.get("host").and_then(|h| h.to_str().ok()).unwrap_or("");
    let host = parts.uri.host().unwrap_or_else(|| header.rsplit_once(':').map_or(header, |(h, _)| h));
    let ask = Ask {
        host: host.to_ascii_lowercase(),
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        headers: parts.headers,
        body: body.to_vec(),
    };
    let (reply, latency) = {
        let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
        (dispatch(&mut world, &shared.signing, shared.portal.as_deref(), &ask), world.latency_ms)
    };
    if latency > 0 && !ask.path.starts_with("/_practice/") {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    reply
}
