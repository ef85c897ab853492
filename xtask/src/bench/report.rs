use std::fmt::Write as _;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

/// The figures of one run.
#[derive(Default, Serialize)]
pub(super) struct Report {
    bench: String,
    size: usize,
    figures: Vec<Figure>,
    /// How the databases carry out what runs all the time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    plans: Vec<String>,
}

/// One measured thing.
#[derive(Serialize)]
struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<&'static str>,
}

impl Report {
    pub(super) fn name(&mut self, bench: &str, size: usize) {
        self.bench = bench.to_owned();
        self.size = size;
    }

    pub(super) fn add(&mut self, what: impl Into<String>, value: f64, unit: &'static str) {
        self.figures.push(Figure { what: what.into(), value, unit, goal: None });
    }

    pub(super) fn add_with_goal(
        &mut self,
        what: impl Into<String>,
        value: f64,
        unit: &'static str,
        goal: &'static str,
    ) {
        self.figures.push(Figure { what: what.into(), value, unit, goal: Some(goal) });
    }

    pub(super) fn seconds(&mut self, what: impl Into<String>, time: Duration) {
        self.add(what, time.as_secs_f64(), "s");
    }

    /// Query plans on one engine, as `forewarn doctor --plans` prints them.
    pub(super) fn plans(&mut self, engine: &str, plans: &str) {
        self.plans.extend(plans.lines().map(|line| format!("{engine}: {line}")));
    }

    pub(super) fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    pub(super) fn table(&self) -> String {
        let mut text = format!("{}, size {}\n", self.bench, self.size);
        let widest = self.figures.iter().map(|figure| figure.what.chars().count()).max().unwrap_or_default();
        for figure in &self.figures {
            let goal = figure.goal.map(|goal| format!("   (goal {goal})")).unwrap_or_default();
            // Writing into a String cannot fail.
            let _ =
                writeln!(text, "  {:<widest$}  {:>12.3} {}{goal}", figure.what, figure.value, figure.unit);
        }
        for line in &self.plans {
            let _ = writeln!(text, "  {line}");
        }
        text
    }
}

/// The value below which `share` (0 to 1) of the times lie, by nearest rank, in milliseconds.
pub(super) fn percentile_ms(times: &[Duration], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let below =
        sorted.iter().enumerate().find(|(index, _)| (index + 1) as f64 >= share * sorted.len() as f64);
    below.map_or(0.0, |(_, time)| time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert!((percentile_ms(&times, 0.5) - 50.0).abs() < 1e-9);
        assert!((percentile_ms(&times, 0.99) - 99.0).abs() < 1e-9);
        assert!((percentile_ms(&times[..1], 0.99) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_report_reads_as_a_table_and_as_json() {
        let mut report = Report::default();
        report.add_with_goal("ratio", 2.5, "×", "≤ 3 ×");
        report.name("import", 10);
        assert_eq!(report.table(), "import, size 10\n  ratio         2.500 ×   (goal ≤ 3 ×)\n");
        let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
        assert_eq!(json["figures"][0]["value"], 2.5);
    }
}
