//! What a token must be good for, by address. Whoever comes with a session needs none: they are there themselves.

use axum::http::Method;
use forewarn_store::tokens::TokenScope;

/// What changes by address; the first that fits holds. Looking is `read`, whatever the address.
const CHANGES: [(&str, TokenScope); 4] = [
    ("/imports", TokenScope::Import),
    ("/check", TokenScope::Check),
    ("/people", TokenScope::Admin),
    ("/teams", TokenScope::Admin),
];

/// What a call to this address needs; `None` for what everybody may ask who has a token at all.
pub(super) fn needed(method: &Method, path: &str) -> Option<TokenScope> {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    if path == "/me" {
        return None;
    }
    if method.is_safe() {
        return Some(TokenScope::Read);
    }
    let within =
        |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    Some(CHANGES.iter().find(|(prefix, _)| within(prefix)).map_or(TokenScope::Write, |(_, scope)| *scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_reads_changes_nothing() {
        for path in ["/api/v1/cases/7/tellings", "/api/v1/imports", "/api/v1/people", "/api/v1/check"] {
            assert_ne!(needed(&Method::POST, path), Some(TokenScope::Read), "{path}");
            assert_eq!(needed(&Method::GET, path), Some(TokenScope::Read), "{path}");
        }
        assert_eq!(needed(&Method::POST, "/api/v1/cases/7/tellings"), Some(TokenScope::Write));
        assert_eq!(needed(&Method::POST, "/api/v1/imports/3/confirmation"), Some(TokenScope::Import));
        assert_eq!(needed(&Method::POST, "/api/v1/peoples"), Some(TokenScope::Write));
        assert_eq!(needed(&Method::GET, "/api/v1/me"), None);
    }
}
