//! What the doctor found.

use serde::Serialize;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// What was looked at: a word for programs.
    check: &'static str,
    /// Whether nothing must be mended.
    ok: bool,
    /// What was found.
    found: String,
    /// What to do about it.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    to_do: Option<String>,
}

impl Finding {
    pub(crate) fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, ok: true, found: found.into(), to_do: None }
    }

    pub(crate) fn bad(check: &'static str, found: impl Into<String>, to_do: impl Into<String>) -> Self {
        Self { check, ok: false, found: found.into(), to_do: Some(to_do.into()) }
    }

    pub(crate) fn is_good(&self) -> bool {
        self.ok
    }

    /// As a person reads it.
    pub(crate) fn line(&self) -> String {
        let Self { ok, found, to_do, .. } = self;
        let to_do = to_do.as_ref().map_or(String::new(), |to_do| format!(" {to_do}"));
        format!("{} {found}{to_do}", if *ok { "ok    " } else { "mend  " })
    }
}
