use anyhow::Result;

use super::pages::Company;
use super::report::{Report, percentile_ms};
use super::{Bench, Setting};

pub(super) const BENCH: Bench = Bench {
    name: "today",
    about: "Today, a search of Promises and a case, with this many lines and with a hundredth of them",
    size: 50_000,
    run: Some(run),
};

const TIMES: usize = 300;

fn run(setting: &Setting) -> Result<Report> {
    let mut small = Company::with_lines(setting, (setting.size / 100).max(100))?;
    let mut large = Company::with_lines(setting, setting.size)?;
    let mut report = Report::default();
    for (name, path) in [("Today", "/today"), ("Promises search", "/promises?q=SO-0000012"), ("Case", "")] {
        let times = |company: &mut Company| {
            let path = if path.is_empty() { company.a_case()? } else { path.to_owned() };
            company.times(&path, TIMES)
        };
        let (few, many) = (times(&mut small)?, times(&mut large)?);
        report.add(format!("{name}: p50, small"), percentile_ms(&few, 0.5), "ms");
        report.add(format!("{name}: p50, large"), percentile_ms(&many, 0.5), "ms");
        let (p99_few, p99_many) = (percentile_ms(&few, 0.99), percentile_ms(&many, 0.99));
        report.add(format!("{name}: p99, small"), p99_few, "ms");
        report.add_with_goal(format!("{name}: p99, large"), p99_many, "ms", "≤ 20 ms");
        report.add_with_goal(format!("{name}: p99, large to small"), p99_many / p99_few, "×", "≤ 2 ×");
    }
    Ok(report)
}
