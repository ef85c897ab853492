//! SARIF 2.1.0, for programs that gather findings.

use serde_json::{Value, json};

use super::Checked;
use crate::report::Severity;
use crate::rules::RULES;

/// One run with all rules, and a result a finding.
///
/// # Errors
///
/// Only if serialisation fails, which it doesn't for reports.
pub fn sarif(checked: &[Checked<'_>]) -> Result<String, serde_json::Error> {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.why },
                "help": { "text": rule.page, "markdown": rule.page },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = checked.iter().flat_map(results).collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "forewarn", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    }))
}

fn results(checked: &Checked<'_>) -> Vec<Value> {
    let findings = checked.report.findings.iter();
    findings
        .map(|finding| {
            let (line, column) = place(checked.text, finding.start);
            let (end_line, end_column) = place(checked.text, finding.end);
            json!({
                "ruleId": finding.rule,
                "level": level(finding.severity),
                "message": { "text": format!("{} {}", finding.why, finding.instead) },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": checked.file },
                    "region": {
                        "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
                        "byteOffset": finding.start, "byteLength": finding.end - finding.start,
                        "snippet": { "text": finding.quote },
                    },
                } }],
            })
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Fix => "error",
        Severity::Consider => "warning",
        Severity::Fyi => "note",
    }
}

/// Line and column (UTF-16), from one.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].encode_utf16().count() + 1)
}
