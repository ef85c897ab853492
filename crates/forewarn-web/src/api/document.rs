//! The document: OpenAPI 3.1. What holds for every call is said here, once.

use super::scopes::needed;
use crate::problem::{KINDS, Kind, Problem};
use axum::http::Method;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Forewarn",
        description = "What was promised to customers, what slips, and who has told them. The JSON side of the pages: the same acts, the same refusals, and nobody sees more than on the pages.",
    ),
    components(schemas(Problem)),
    tags(
        (name = "promises", description = "Every promise, and what was said about it."),
        (name = "cases", description = "One piece of bad news for one customer each."),
        (name = "acts on a case", description = "What people do about it. Each is a resource of the case."),
        (name = "customers", description = "Who was promised, and how they are treated."),
        (name = "owed", description = "What is owed to customers, and what waits for whoever calls."),
        (name = "imports", description = "Reports, from the file to what has come of it."),
        (name = "people", description = "Who is here."),
        (name = "wording", description = "The check of what is about to be said or sent."),
    ),
)]
struct Base;

/// The document before any call.
pub(super) fn base() -> utoipa::openapi::OpenApi {
    let mut base = Base::openapi();
    base.info.version = "1".to_owned();
    base.info.license = None;
    base.info.contact = None;
    base
}

/// The document as it is sent, with what holds for every call.
pub(super) fn finished(document: &utoipa::openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["security"] = json!([{ "token": [] }]);
    let components = &mut document["components"];
    components["securitySchemes"] = json!({ "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that a person made on the page /me/tokens: fw_…",
    } });
    components["responses"] =
        KINDS.iter().map(|kind| (kind.name.to_owned(), problem(*kind))).collect::<Map<_, _>>().into();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, calls) in paths {
            for (method, call) in calls.as_object_mut().into_iter().flatten() {
                complete(path, method, call);
            }
        }
    }
    document
}

fn problem(kind: Kind) -> Value {
    let header = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    let headers = match kind.status.as_u16() {
        401 => json!({ "WWW-Authenticate": header("Bearer, and what is wrong with the token.") }),
        405 => json!({ "Allow": header("The methods that there are.") }),
        429 | 503 => json!({ "Retry-After": header("Seconds to wait.") }),
        _ => json!({}),
    };
    json!({
        "description": format!("{}. {}", kind.title, kind.to_do),
        "headers": headers,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

/// What holds for every call of this method.
fn complete(path: &str, method: &str, call: &mut Value) {
    let changes = method != "get";
    call["operationId"] = json!(operation(path, method));
    parameters(path, changes, call);
    let mut problems = vec![400, 401, 403, 404, 405, 422, 429, 500];
    if changes {
        problems.extend([409, 412, 413, 415, 503]);
        let nothing = call["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            .as_str()
            .is_some_and(|schema| schema.ends_with("/Nothing"));
        if nothing {
            call["requestBody"]["required"] = json!(false);
        }
        let scope = Method::from_bytes(method.to_uppercase().as_bytes()).ok().and_then(|m| needed(&m, path));
        call["x-scope"] = json!(scope.map(|scope| scope.word()));
    } else {
        call["responses"]["304"] = json!({ "description": "It is as the ETag in If-None-Match says." });
        let tag = json!({ "description": "Names this answer.", "schema": { "type": "string" } });
        call["responses"]["200"]["headers"]["ETag"] = tag;
        call["x-scope"] = json!(needed(&Method::GET, path).map(|scope| scope.word()));
    }
    for kind in KINDS.iter().filter(|kind| problems.contains(&kind.status.as_u16())) {
        let response = json!({ "$ref": format!("#/components/responses/{}", kind.name) });
        call["responses"][kind.status.as_str()] = response;
    }
}

/// The parts of the address that no handler has described, and the headers that every call takes.
fn parameters(path: &str, changes: bool, call: &mut Value) {
    let mut parameters = call["parameters"].as_array().cloned().unwrap_or_default();
    parameters.retain(|parameter| parameter["in"] != "path");
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut all: Vec<Value> = names
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "description": named(name, path),
                    "schema": { "type": "integer", "format": "int64", "minimum": 1 } })
        })
        .collect();
    all.append(&mut parameters);
    let mut header = |name: &str, description: &str, schema: Value| {
        all.push(json!({ "name": name, "in": "header", "required": false, "description": description,
                         "schema": schema }));
    };
    if changes && !path.ends_with("/check") {
        let key = "Makes it harmless to send the very same call again: it gets the answer of the first. Kept for 48 hours.";
        header(
            "Idempotency-Key",
            key,
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }),
        );
    }
    if changes && path.contains("/cases/{id}") {
        let version = "The ETag of the case as it was read. If it has changed since, nothing is done.";
        header("If-Match", version, json!({ "type": "string" }));
    }
    if !changes {
        let known = "The ETag of the answer that is known already.";
        header("If-None-Match", known, json!({ "type": "string" }));
    }
    if !all.is_empty() {
        call["parameters"] = all.into();
    }
}

/// What a part of an address names.
fn named(name: &str, path: &str) -> String {
    let noun = match name {
        "id" => path.split('/').nth(3).unwrap_or_default().trim_end_matches('s').replace("people", "person"),
        "seq" => "event".to_owned(),
        other => other.to_owned(),
    };
    format!("The {noun}, by number.")
}

/// A name for the call: `post-cases-tellings`.
fn operation(path: &str, method: &str) -> String {
    let parts = path.split('/').skip(3).map(|part| match part.strip_prefix('{') {
        Some(name) => format!("by-{}", name.trim_end_matches('}')),
        None => part.to_owned(),
    });
    format!("{method}-{}", parts.collect::<Vec<_>>().join("-"))
}
