//! Any bytes as a message: what is found stands where the report says.

use forewarn_wording::{Context, check};

pub(crate) fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let report = check(&text, &Context::default());
    for finding in &report.findings {
        assert_eq!(text.get(finding.start..finding.end), Some(finding.quote.as_str()));
    }
    assert_eq!(report.utf16(&text).len(), report.findings.len());
}
