//! Any bytes as the facts of a case: understood or refused; whatever they say, a message can be checked with them.

use forewarn_wording::{Context, check};

/// It names dates, people and goods, so that every rule that asks the facts has something to ask.
const MESSAGE: &str = "Subject: Order 4471\n\nDear Anna,\n\nunfortunately the pump will not arrive on 27 November. \
    Our planner and the vendor let us down. It should ship soon; I will call you on Thursday at 10:00.\n";

pub(crate) fn read(bytes: &[u8]) {
    let Ok(facts) = serde_json::from_slice::<Context>(bytes) else { return };
    let report = check(MESSAGE, &facts);
    assert!(report.findings.iter().all(|finding| MESSAGE.get(finding.start..finding.end).is_some()));
    let again = serde_json::to_vec(&facts).unwrap();
    assert_eq!(serde_json::from_slice::<Context>(&again).unwrap(), facts);
}
