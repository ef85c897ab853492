//! What every handler has at hand.

use crate::api::CallLimit;
use crate::client::TrustedProxies;
use crate::elsewhere::Elsewhere;
use crate::pages::shell::Shell;
use crate::passwords::Passwords;
use crate::routes::events::Listeners;
use crate::session::SessionLimits;
use crate::sign_in_limits::SignInLimits;
use crate::stop::Stop;
use crate::watch::{Figures, Readers, Watch};
use forewarn_domain::ids::ImportId;
use forewarn_store::calls::Call;
use forewarn_store::settings::mail::{MailOverrides, MailSettings};
use forewarn_store::{Store, StoreError};
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use uuid::Uuid;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Makes numbers that nobody has had before and nobody can guess.
pub type FreshIds = Arc<dyn Fn() -> Uuid + Send + Sync>;

/// What every handler has at hand. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub(crate) store: Store,
    pub(crate) uploads: Arc<Path>,
    pub(crate) progress: ImportProgress,
    pub(crate) wake: Arc<Notify>,
    pub(crate) mode: Mode,
    pub(crate) secure: bool,
    pub(crate) passwords: Passwords,
    pub(crate) limits: SignInLimits,
    pub(crate) proxies: TrustedProxies,
    pub(crate) sessions: SessionLimits,
    pub(crate) calls: CallLimit,
    pub(crate) listeners: Listeners,
    pub(crate) elsewhere: Option<Arc<Elsewhere>>,
    pub(crate) watch: Watch,
    pub(crate) stop: Stop,
    mail: MailOverrides,
    clock: Clock,
    fresh: FreshIds,
}

/// Whether people sign in, or choose whom to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A company's own data, behind passwords.
    #[default]
    Company,
    /// Made-up data, without passwords.
    Demo,
}

impl AppState {
    /// Over `store`; uploaded files go into the folder `uploads`, which must exist.
    #[must_use]
    pub fn new(store: Store, uploads: PathBuf, clock: Clock, fresh: FreshIds) -> Self {
        Self {
            store,
            uploads: uploads.into(),
            progress: ImportProgress::default(),
            wake: Arc::new(Notify::new()),
            mode: Mode::default(),
            secure: false,
            passwords: Passwords::new(Arc::clone(&fresh)),
            limits: SignInLimits::default(),
            proxies: TrustedProxies::default(),
            sessions: SessionLimits::default(),
            calls: CallLimit::default(),
            listeners: Listeners::default(),
            elsewhere: None,
            watch: Watch::new(clock()),
            stop: Stop::new(),
            mail: MailOverrides::default(),
            clock,
            fresh,
        }
    }

    /// The same for a demo or a company.
    #[must_use]
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Whether people reach it over HTTPS: then the cookie is a `__Host-` one that no other way sees.
    #[must_use]
    pub fn secure(self, secure: bool) -> Self {
        Self { secure, ..self }
    }

    /// The same behind these proxies, whose word on where a request comes from is taken.
    #[must_use]
    pub fn proxies(self, proxies: TrustedProxies) -> Self {
        Self { proxies, ..self }
    }

    /// The same with sessions that end after other times.
    #[must_use]
    pub fn sessions(self, sessions: SessionLimits) -> Self {
        Self { sessions, ..self }
    }

    /// The same, where one person's programs may call so often a minute.
    #[must_use]
    pub fn calls_a_minute(self, most: u32) -> Self {
        Self { calls: CallLimit::of(most), ..self }
    }

    /// The same for one call: what it changes carries what it has led to.
    pub(crate) fn within(&self, call: &Arc<Call>) -> Self {
        Self { store: self.store.within(call), ..self.clone() }
    }

    /// The same for what only prepares the effect of a call.
    pub(crate) fn outside_of_calls(&self) -> Self {
        Self { store: self.store.outside_of_calls(), ..self.clone() }
    }

    /// The same with the company's own provider of sign-ins.
    #[must_use]
    pub fn elsewhere(self, elsewhere: Elsewhere) -> Self {
        Self { elsewhere: Some(Arc::new(elsewhere)), ..self }
    }

    /// Whether people sign in with passwords at all.
    pub(crate) fn takes_passwords(&self) -> bool {
        self.elsewhere.as_ref().is_none_or(|elsewhere| !elsewhere.only)
    }

    /// The same, with what whoever runs the program says about mail.
    #[must_use]
    pub fn mail(self, mail: MailOverrides) -> Self {
        Self { mail, ..self }
    }

    /// How mail leaves: what is saved, and what is said by whoever runs the program. `None` while it is not
    /// set up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_settings(&self) -> Result<Option<MailSettings>, StoreError> {
        Ok(self.mail.over(self.store.mail_settings().await?))
    }

    /// The same, with figures about the program itself, for these readers.
    #[must_use]
    pub fn figures(self, figures: Figures, readers: Readers) -> Self {
        Self { watch: self.watch.with_figures(figures, readers), ..self }
    }

    /// Where the auditor says what it saw.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// Asks all that runs on this state to stop, or hears that it is asked.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// The store, for jobs that run beside the pages.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The folder of uploaded files, for the job that reads them.
    #[must_use]
    pub fn uploads(&self) -> &Path {
        &self.uploads
    }

    /// How far the running imports are, for the job to report to.
    #[must_use]
    pub fn progress(&self) -> ImportProgress {
        self.progress.clone()
    }

    /// Rings when there is work for a job: an upload to survey, a report to import.
    #[must_use]
    pub fn wake(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// The time, to the microsecond, as the store keeps it.
    pub(crate) fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The frame of a page for somebody who has not signed in.
    pub(crate) fn outside(&self) -> Shell {
        let read_only = self.store.not_writable().map(|why| why.to_string());
        Shell { read_only, ..Shell::outside(self.fresh()) }
    }

    /// A number that nobody has had before.
    pub(crate) fn fresh(&self) -> Uuid {
        (self.fresh)()
    }

    /// The source of such numbers.
    pub(crate) fn fresh_ids(&self) -> &FreshIds {
        &self.fresh
    }
}

/// How many rows of each running import are in. Kept in memory only: it is of no use after the import.
#[derive(Debug, Clone, Default)]
pub struct ImportProgress(Arc<Mutex<HashMap<ImportId, u64>>>);

impl ImportProgress {
    /// `rows` are in.
    pub fn report(&self, import: ImportId, rows: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(import, rows);
    }

    /// It has ended.
    pub fn end(&self, import: ImportId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&import);
    }

    /// Whether any import is running.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// How many rows are in; `None` if it isn't running.
    #[must_use]
    pub fn rows(&self, import: ImportId) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&import).copied()
    }
}
