//! Logs: a readable sentence with fields, or JSON. They go to standard error; never a customer's words.

use crate::cli::{Common, LogFormat};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Starts logging as asked. A filter that can't be read is told, and replaced by `info`.
pub(crate) fn start(common: &Common) {
    let (filter, mistake) = match EnvFilter::try_new(&common.log) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match common.log_format {
        LogFormat::Text => logs.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => logs.json().flatten_event(true).init(),
    }
    if let Some(error) = mistake {
        tracing::warn!(filter = common.log, %error, "this log filter can't be read; logging at info");
    }
}
