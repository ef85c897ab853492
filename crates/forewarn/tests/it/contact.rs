//! `forewarn contact`: what we hold about somebody at a customer is printed, and erased when asked twice.

use forewarn_testing::Forewarn;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const REPORT: &str = "Order,Line,Customer,Contact,Email,Promised date,Expected date\n\
    4471,10,Halvorsen Marine,Anna Bakke,anna@halvorsen.example,2027-03-12,2027-04-30\n";

#[test]
fn a_contact_is_exported_and_erased_and_a_later_report_does_not_bring_them_back() {
    for forewarn in [Forewarn::on_sqlite(PROGRAM).unwrap(), Forewarn::on_postgres(PROGRAM).unwrap()] {
        let report = forewarn.data_folder().join("report.csv");
        std::fs::write(&report, REPORT).unwrap();
        let import = ["import", report.to_str().unwrap()];
        forewarn.run(import).unwrap().succeeded().unwrap();
        let before = forewarn.data_folder().join("before.jsonl");
        forewarn.run(["audit", "export", "--out", before.to_str().unwrap()]).unwrap().succeeded().unwrap();

        // What was overwritten in the ordinary course is gone as well.
        let named =
            REPORT.replace("Customer,", "Customer,Description,").replace("Marine,", "Marine,for Anna Bakke,");
        for text in [named.clone(), named.replace("for Anna Bakke", "Pump")] {
            std::fs::write(&report, text).unwrap();
            forewarn.run(import).unwrap().succeeded().unwrap();
        }
        std::fs::write(&report, REPORT).unwrap();

        let list = forewarn.run(["contact", "list", "Halvorsen"]).unwrap().succeeded().unwrap().stdout;
        assert!(list.contains("Anna Bakke  anna@halvorsen.example"), "{list}");
        let who = ["Halvorsen Marine", "--name", "Anna Bakke"];
        let export = forewarn.run([["contact", "export"].as_slice(), &who, &["--format", "json"]].concat());
        let record = export.unwrap().succeeded().unwrap().json().unwrap();
        assert_eq!(record["contact"]["name"], "Anna Bakke");
        assert!(record["held"].as_array().is_some_and(|held| !held.is_empty()), "{record}");

        let erase = [["contact", "erase"].as_slice(), &who, &["--reason", "Asked for it"]].concat();
        let asked = forewarn.run(erase.clone()).unwrap();
        assert_eq!(asked.code, Some(1), "{asked:?}");
        assert!(asked.stderr.contains("Nothing was erased yet"), "{}", asked.stderr);
        let erased = forewarn.run([erase.as_slice(), &["--confirm"]].concat()).unwrap();
        assert!(erased.succeeded().unwrap().stdout.contains("Erased from"));

        let gone = forewarn.run([["contact", "export"].as_slice(), &who].concat()).unwrap();
        assert_eq!(gone.code, Some(2), "{gone:?}");
        let again = forewarn.run(import).unwrap().succeeded().unwrap().stdout;
        assert!(again.contains("still names contacts who were erased"), "{again}");
        let list = forewarn.run(["contact", "list", "Halvorsen"]).unwrap().succeeded().unwrap().stdout;
        assert_eq!(list.trim(), "");
        let verify = ["audit", "verify", "--against", before.to_str().unwrap()];
        forewarn.run(verify).unwrap().succeeded().unwrap();
        if forewarn.data_folder().join("forewarn.db").is_file() {
            let bytes = std::fs::read(forewarn.data_folder().join("forewarn.db")).unwrap();
            for trace in ["anna@halvorsen.example", "for Anna Bakke"] {
                let there = bytes.windows(trace.len()).any(|window| window == trace.as_bytes());
                assert!(!there, "the file still holds {trace}");
            }
        }
    }
}
