use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::ops::Deref;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::server_programs::{HOW_TO_INSTALL, client};
use crate::shared_cluster;

/// The variable that names a running PostgreSQL to test on: `postgres://user:password@host:port/database`.
/// `cargo xtask test` sets it. Its user must be allowed to create databases.
pub const POSTGRES_VARIABLE: &str = "FOREWARN_TEST_POSTGRES";

/// The PostgreSQL that all tests of a run share.
///
/// Without [`POSTGRES_VARIABLE`], the first test that asks starts one (its programs must be installed), the
/// tests after it, of other processes too, find it, and it stops when nobody has asked for ten minutes.
///
/// ```no_run
/// let database = forewarn_testing::Postgres::fresh_database()?;
/// assert!(database.url().starts_with("postgres://"));
/// # Ok::<(), anyhow::Error>(())
/// ```
#[derive(Debug)]
pub struct Postgres;

impl Postgres {
    /// A new, empty database of its own, which goes away with the value returned.
    ///
    /// # Errors
    /// When there is no PostgreSQL and none can be started; the message says what to install.
    pub fn fresh_database() -> Result<FreshDatabase> {
        let server = match std::env::var(POSTGRES_VARIABLE) {
            Ok(url) if !url.is_empty() => url,
            _ => shared_cluster::url()?,
        };
        FreshDatabase::on(&server)
    }
}

/// An empty database, named at random, dropped with this value (whoever is still connected is cut off).
/// It reads as its URL: `&database` is a `&str`.
#[derive(Debug)]
pub struct FreshDatabase {
    server: String,
    name: String,
    url: String,
}

impl FreshDatabase {
    /// Creates one on the server at `server`, a `postgres://` URL.
    ///
    /// # Errors
    /// When the server cannot be reached, or `psql` is missing.
    pub fn on(server: &str) -> Result<Self> {
        let name = format!("fresh_{:016x}", RandomState::new().build_hasher().finish());
        let url = with_database(server, &name)?;
        run_sql(server, &format!("CREATE DATABASE {name} TEMPLATE template0"))?;
        Ok(Self { server: server.to_owned(), name, url })
    }

    /// Every row of every table but those in `without`, as SQL: the same while nothing has changed.
    ///
    /// # Errors
    /// When PostgreSQL's `pg_dump` is missing or refuses.
    pub fn dump(&self, without: &[&str]) -> Result<String> {
        let left_out = without.iter().map(|table| format!("--exclude-table-data={table}"));
        let output = Command::new(client("pg_dump"))
            .args(["--data-only", "--inserts"])
            .args(left_out)
            .arg(&self.url)
            .output()
            .with_context(|| format!("starting pg_dump. Install it with\n{HOW_TO_INSTALL}"))?;
        ensure!(output.status.success(), "pg_dump: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout);
        // Its commands to psql (\restrict) hold a number made anew each time.
        Ok(text.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n"))
    }

    /// Where it is, with user and password: what `--database` takes.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for FreshDatabase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.url
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        // A test that has ended well must not fail for its tidying up; the cluster is thrown away anyway.
        let _ = run_sql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// `postgres://u@h:1/first?x=y` and `second` give `postgres://u@h:1/second?x=y`.
fn with_database(url: &str, name: &str) -> Result<String> {
    let (address, settings) = match url.split_once('?') {
        Some((address, settings)) => (address, format!("?{settings}")),
        None => (url, String::new()),
    };
    let Some((_, rest)) = address.split_once("://") else {
        bail!("{POSTGRES_VARIABLE} is not a URL of the form postgres://user:password@host:port/database")
    };
    let host_end = rest.find('/').map_or(address.len(), |slash| address.len() - rest.len() + slash);
    Ok(format!("{}/{name}{settings}", &address[..host_end]))
}

fn run_sql(server: &str, statement: &str) -> Result<()> {
    let output = Command::new(client("psql"))
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, server])
        .output()
        .with_context(|| format!("starting psql, PostgreSQL's client. Install it with\n{HOW_TO_INSTALL}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "PostgreSQL refused `{statement}`: {said}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_database_is_exchanged_and_nothing_else() {
        let check = |url: &str, expected: &str| assert_eq!(with_database(url, "new").unwrap(), expected);
        check("postgres://u:p@127.0.0.1:5433/postgres", "postgres://u:p@127.0.0.1:5433/new");
        check("postgres://u@host", "postgres://u@host/new");
        check("postgres://u@host/a?sslmode=require", "postgres://u@host/new?sslmode=require");
    }
}
