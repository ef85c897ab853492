//! The document of the API, as a page.

use crate::pages::api::{ApiPage, CallGroup, CallRow, FieldRow, ProblemRow};
use crate::pages::shell::Shell;
use crate::problem::KINDS;
use serde_json::{Map, Value};

/// The page within this frame, from the document.
pub(crate) fn page(shell: Shell, document: &Value) -> ApiPage {
    let tags = document["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let problems = KINDS.iter().map(|kind| ProblemRow {
        name: kind.name.to_owned(),
        status: kind.status.as_str().to_owned(),
        title: kind.title.to_owned(),
        to_do: kind.to_do.to_owned(),
    });
    ApiPage {
        shell,
        groups: tags.iter().map(|tag| group(document, tag)).collect(),
        problems: problems.collect(),
    }
}

fn group(document: &Value, tag: &Value) -> CallGroup {
    let name = text(&tag["name"]);
    let mut calls = Vec::new();
    for (path, methods) in fields(&document["paths"]) {
        for (method, call) in fields(methods) {
            let ours = call["tags"].as_array().is_some_and(|tags| tags.iter().any(|tag| *tag == *name));
            if ours {
                calls.push(row(document, path, method, call));
            }
        }
    }
    CallGroup { anchor: name.replace(' ', "-"), says: text(&tag["description"]), name, calls }
}

fn row(document: &Value, path: &str, method: &str, call: &Value) -> CallRow {
    let parameters = call["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let query = parameters.iter().filter(|one| one["in"] == "query").map(|one| FieldRow {
        name: text(&one["name"]),
        kind: kind(document, &one["schema"]),
        says: text(&one["description"]),
        required: one["required"] == true,
    });
    let content = fields(&call["requestBody"]["content"]).next().map(|(_, content)| &content["schema"]);
    let answers = [&call["responses"]["200"], &call["responses"]["201"]];
    let answer = answers.iter().find_map(|answer| fields(&answer["content"]).next());
    CallRow {
        method: method.to_uppercase(),
        path: path.to_owned(),
        anchor: text(&call["operationId"]),
        says: text(&call["summary"]),
        more: text(&call["description"]),
        scope: text(&call["x-scope"]),
        query: query.collect(),
        body: content.map(|schema| shape(document, schema)).unwrap_or_default(),
        answer: answer.map(|(_, content)| shape(document, &content["schema"])).unwrap_or_default(),
    }
}

/// The fields of an object.
fn shape(document: &Value, schema: &Value) -> Vec<FieldRow> {
    let schema = resolved(document, schema);
    let parts = schema["allOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut rows: Vec<FieldRow> = parts.iter().flat_map(|part| shape(document, part)).collect();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    rows.extend(fields(&schema["properties"]).map(|(name, field)| FieldRow {
        name: name.to_owned(),
        kind: kind(document, field),
        says: meaning(document, field),
        required: required.iter().any(|one| one == name),
    }));
    rows
}

/// What a field means: what is said of it, or else of whatever stands in it.
fn meaning(document: &Value, schema: &Value) -> String {
    match (schema["description"].as_str(), some(schema)) {
        (Some(says), _) => says.to_owned(),
        (None, Some(some)) => meaning(document, some),
        (None, None) => text(&resolved(document, schema)["description"]),
    }
}

/// What stands in a field that may be empty, if it says so by a choice.
fn some(schema: &Value) -> Option<&Value> {
    schema["oneOf"].as_array()?.iter().find(|choice| choice["type"] != "null")
}

/// What stands in a field, in words.
fn kind(document: &Value, schema: &Value) -> String {
    if let Some(some) = some(schema) {
        return kind(document, some);
    }
    let schema = resolved(document, schema);
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(text).collect::<Vec<_>>().join(", ");
    }
    let named = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").map(text).unwrap_or_default(),
        other => text(other),
    };
    match (named.as_str(), schema["format"].as_str()) {
        (_, Some("date")) => "day".to_owned(),
        (_, Some("date-time")) => "moment".to_owned(),
        ("array", _) => format!("list: {}", kind(document, &schema["items"])),
        ("boolean", _) => "true or false".to_owned(),
        ("integer", _) => "number".to_owned(),
        ("object", _) => fields(&schema["properties"]).map(|(name, _)| name).collect::<Vec<_>>().join(", "),
        _ => "text".to_owned(),
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(place) => document.pointer(place).unwrap_or(schema),
        None => schema,
    }
}

fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().map(Map::iter).into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
