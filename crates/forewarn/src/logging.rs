//! Logs: a readable sentence with fields, or JSON. They go to standard error; never a customer's words.

use crate::cli::{Common, LogFormat};
use std::fmt::{self, Debug};
use std::io::IsTerminal as _;
use tracing::field::Field;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::format::{Writer, debug_fn};

/// Starts logging as asked. A filter that can't be read is told, and replaced by `info`.
pub(crate) fn start(common: &Common) {
    let (filter, mistake) = match EnvFilter::try_new(&common.log) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match common.log_format {
        LogFormat::Text => logs
            .with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .fmt_fields(debug_fn(field).delimited(" "))
            .init(),
        LogFormat::Json => logs.json().flatten_event(true).init(),
    }
    if let Some(error) = mistake {
        tracing::warn!(filter = common.log, %error, "this log filter can't be read; logging at info");
    }
}

/// A field, or the sentence itself, on one line: what came from elsewhere can't begin a line of its own.
fn field(writer: &mut Writer<'_>, field: &Field, value: &dyn Debug) -> fmt::Result {
    // Where in a library a record of the `log` crate was made.
    if field.name().starts_with("log.") {
        return Ok(());
    }
    if field.name() != "message" {
        write!(writer, "{}=", field.name())?;
    }
    for letter in format!("{value:?}").chars() {
        match letter {
            letter if letter.is_control() => write!(writer, "{}", letter.escape_default())?,
            letter => writer.write_char(letter)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::{Arc, Mutex, PoisonError};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_comes_from_elsewhere_begins_no_line_of_its_own() {
        let written = Written::default();
        let kept = written.clone();
        let logs = tracing_subscriber::fmt()
            .with_writer(move || kept.clone())
            .without_time()
            .with_ansi(false)
            .fmt_fields(debug_fn(field).delimited(" "))
            .finish();
        tracing::subscriber::with_default(logs, || {
            let error = "not found\nINFO all is well\u{1b}[2J";
            tracing::warn!(%error, tries = 3, "a letter was not taken");
        });
        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert_eq!(written.lines().count(), 1, "{written}");
        assert!(
            written.contains("a letter was not taken error=not found\\nINFO all is well\\u{1b}[2J tries=3"),
            "{written}"
        );
    }
}
