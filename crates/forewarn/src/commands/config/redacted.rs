//! Settings without their secrets. Only what is known to be none is shown: a setting that is added later stays hidden
//! until somebody says here that it may be seen.

use forewarn_store::Location;
use serde_json::Value;

/// What stands for a secret.
const HIDDEN: &str = "***";

/// Names of settings that are no secrets, as the file and the database have them; variables are the same in capitals
/// behind `FOREWARN_`. Paths of files with secrets are none.
const SHOWN: [&str; 31] = [
    "config",
    "data",
    "from_address",
    "from_name",
    "host",
    "imap_host",
    "imap_inbox",
    "imap_port",
    "imap_security",
    "imap_sent",
    "imap_user",
    "inbox",
    "listen",
    "log",
    "log_format",
    "mail_copy_to",
    "mail_from",
    "mail_from_name",
    "port",
    "public_url",
    "security",
    "self_copy",
    "sent",
    "session_idle_minutes",
    "session_longest_hours",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "smtp_user",
    "trusted_proxies",
    "user",
];

/// The same with every secret hidden.
pub(super) fn all(settings: Value) -> Value {
    value("", settings)
}

fn value(name: &str, found: Value) -> Value {
    let name = name.strip_prefix("FOREWARN_").map_or(name.to_owned(), str::to_lowercase);
    match found {
        Value::Object(inside) => Value::Object(
            inside.into_iter().map(|(name, found)| (name.clone(), value(&name, found))).collect(),
        ),
        Value::Array(inside) => Value::Array(inside.into_iter().map(|found| value(&name, found)).collect()),
        Value::Null => Value::Null,
        Value::String(url) if name == "database" => Value::from(Location::Postgres(url).shown()),
        found if SHOWN.contains(&name.as_str()) || name.ends_with("_file") => found,
        _ => Value::from(HIDDEN),
    }
}

/// A line for every setting, as TOML has them.
pub(super) fn lines(settings: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    add(&mut lines, "", settings);
    if lines.is_empty() {
        lines.push("# nothing".to_owned());
    }
    lines
}

fn add(lines: &mut Vec<String>, path: &str, found: &Value) {
    match found {
        Value::Object(inside) => inside.iter().for_each(|(name, found)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            add(lines, &path, found);
        }),
        Value::Null => {}
        found => lines.push(format!("{path} = {found}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_known_to_be_no_secret_is_hidden_however_deep_it_stands() {
        let shown = all(json!({
            "listen": "127.0.0.1:8480", "metrics_token": "s3cret", "heartbeat_url": "https://x/s3cret",
            "database": "postgres://fore:s3cret@db/warn?password=s3cret&sslmode=require",
            "later": { "host": "db", "added": ["s3cret", 7, true], "deep": [{ "password": "s3cret" }] },
            "FOREWARN_SMTP_HOST": "mail", "FOREWARN_SMTP_PASSWORD": "s3cret", "FOREWARN_NEW": "s3cret",
            "FOREWARN_SMTP_PASSWORD_FILE": "/run/secrets/smtp", "FOREWARN_DATABASE": "postgres://u:s3cret@h/d",
        }));
        assert!(!shown.to_string().contains("s3cret"), "{shown}");
        assert_eq!(shown["database"], "postgres://fore@db/warn?password=***&sslmode=require");
        assert_eq!(
            shown["later"],
            json!({ "host": "db", "added": ["***", "***", "***"], "deep": [{ "password": "***" }] })
        );
        assert_eq!(shown["FOREWARN_SMTP_PASSWORD_FILE"], "/run/secrets/smtp");
        assert_eq!(shown["FOREWARN_SMTP_HOST"], "mail");
    }

    #[test]
    fn lines_are_toml() {
        assert_eq!(lines(&json!({ "a": { "b": "x", "c": 7 }, "d": null })), ["a.b = \"x\"", "a.c = 7"]);
        assert_eq!(lines(&Value::Null), ["# nothing"]);
    }
}
