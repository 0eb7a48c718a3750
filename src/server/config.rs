//! What an operator can set: each with its flag, its variable and its meaning.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

pub use super::attempts::Limits;

/// Where the data is. For every command.
#[derive(Clone, clap::Args)]
pub struct Data {
    /// The database: an SQLite file, or postgres://USER@HOST/NAME
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite://data/waakvlam.db", global = true)]
    pub database: String,
    /// The secrets that stand outside the database [default: keyring.json beside the SQLite file, or in data]
    #[arg(long, env = "WAAKVLAM_KEYRING", global = true)]
    pub keyring: Option<PathBuf>,
    /// How often somebody may try to sign in or enrol.
    #[arg(skip)]
    pub attempts: Limits,
}

impl std::fmt::Debug for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A database URL may carry a password.
        f.debug_struct("Data").field("database", &"(redacted)").field("keyring", &self.keyring_path()).finish_non_exhaustive()
    }
}

impl Data {
    /// Everything in one SQLite file, the keyring beside it.
    #[must_use]
    pub fn sqlite(file: &std::path::Path) -> Self {
        Self { database: format!("sqlite://{}", file.display()), keyring: None, attempts: Limits::default() }
    }

    /// Where the keyring lies.
    #[must_use]
    pub fn keyring_path(&self) -> PathBuf {
        self.keyring.clone().unwrap_or_else(|| match self.sqlite_file() {
            Some(file) => file.with_file_name("keyring.json"),
            None => PathBuf::from("data/keyring.json"),
        })
    }

    /// Where earlier builds of the app are kept.
    #[must_use]
    pub fn builds_path(&self, serve: &Serve) -> PathBuf {
        serve.builds.clone().unwrap_or_else(|| self.keyring_path().with_file_name("builds"))
    }

    pub(super) fn sqlite_file(&self) -> Option<PathBuf> {
        let file = self.database.strip_prefix("sqlite:")?;
        let file = file.strip_prefix("//").unwrap_or(file);
        Some(PathBuf::from(file.split('?').next().unwrap_or(file)))
    }
}

/// How to serve.
#[derive(Clone, Debug, clap::Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, env = "WAAKVLAM_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The folder with the app's files
    #[arg(long, env = "WAAKVLAM_SITE", default_value = "dist")]
    pub site: PathBuf,
    /// Where the files of the two builds before this one are kept, for apps that have not been updated yet [default: builds/ beside the keyring]
    #[arg(long, env = "WAAKVLAM_BUILDS")]
    pub builds: Option<PathBuf>,
    /// The certificate and what stands above it, as PEM
    #[arg(long, env = "WAAKVLAM_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's key, as PEM
    #[arg(long, env = "WAAKVLAM_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front, as an address or a network; only what it says in X-Forwarded-For and X-Forwarded-Proto is believed.
    /// May be given several times, or with commas
    #[arg(long = "trusted-proxy", env = "WAAKVLAM_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',', value_parser = super::peer::network)]
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections at once; more are closed as they come. Lowered to what the system lets us open
    #[arg(long, env = "WAAKVLAM_MAX_CONNECTIONS", default_value_t = MAX_CONNECTIONS)]
    pub max_connections: usize,
    /// How long a slow connection may take.
    #[arg(skip)]
    pub patience: Patience,
}

/// How many connections at once, if nobody says otherwise.
pub const MAX_CONNECTIONS: usize = 8_192;

/// How long a slow connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the whole head of a request; also how long a connection may idle between two.
    pub head: Duration,
    /// Between two pieces of a body.
    pub piece: Duration,
    /// For a whole body.
    pub body: Duration,
    /// For a connection on which nothing can be read, or nothing written.
    pub silent: Duration,
}

impl Default for Patience {
    /// Kind to a phone in a stairwell: half a megabyte at 35 kbit/s takes two minutes.
    fn default() -> Self {
        let [head, piece, body, silent] = [30, 20, 120, 60].map(Duration::from_secs);
        Self { head, piece, body, silent }
    }
}
