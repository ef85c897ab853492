//! What keeps everything small enough, and close enough, to be gone on with.

use super::Defence;

pub(super) const DEFENCES: &[Defence] = &[
    Defence {
        name: "an unfinished calendar is none",
        file: "crates/forewarn-feeds/src/ics/entries.rs",
        with: "    if depth == 0 { Ok(entries) } else { Err(NotAnIcs::Broken) }",
        without: "    Ok(entries)",
        tests: &["crates/forewarn-feeds/tests/it/ics.rs::another_file_is_refused_with_what_to_do"],
    },
    Defence {
        name: "so many columns",
        file: "crates/forewarn-feeds/src/table.rs",
        with: "const MOST_COLUMNS: usize = 1_000;",
        without: "const MOST_COLUMNS: usize = 1_000_000;",
        tests: &[
            "crates/forewarn-feeds/tests/it/reading.rs::a_row_of_far_too_many_columns_is_refused_and_a_thousand_of_one_name_are_told_apart",
        ],
    },
    Defence {
        name: "so many rows",
        file: "crates/forewarn-feeds/src/xlsx/sheet.rs",
        with: "if row >= MOST_ROWS {",
        without: "if row >= MOST_ROWS && limits.columns == 0 {",
        tests: &[
            "crates/forewarn-feeds/tests/it/workbooks.rs::a_cell_below_the_last_row_that_there_is_does_not_write_billions_of_empty_ones",
        ],
    },
    Defence {
        name: "so many rejected rows",
        file: "crates/forewarn/src/jobs/import.rs",
        with: "const MANY_REJECTED: u64 = 20_000;",
        without: "const MANY_REJECTED: u64 = 20_000_000;",
        tests: &[
            "crates/forewarn/tests/it/imports.rs::a_report_in_which_nearly_nothing_can_be_read_is_refused_as_a_whole",
        ],
    },
    Defence {
        name: "one file in a form",
        file: "crates/forewarn-web/src/routes/imports/upload.rs",
        with: "            \"file\" if received.file.is_some() => return Err(NotTaken::wrong(ONE_FILE)),\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/imports.rs::two_files_in_a_form_are_no_import_and_neither_stays",
        ],
    },
    Defence {
        name: "so long a text",
        file: "crates/forewarn-web/src/typed.rs",
        with: "pub(crate) const LONGEST: usize = 20_000;",
        without: "pub(crate) const LONGEST: usize = 20_000_000;",
        tests: &[
            "crates/forewarn-web/tests/it/cases.rs::a_text_that_is_longer_than_anybody_writes_is_not_kept_and_stands_there_to_be_shortened",
        ],
    },
    Defence {
        name: "so many days off",
        file: "crates/forewarn-domain/src/holidays/days_off.rs",
        with: "MOST_OWN: usize = 2_000;",
        without: "MOST_OWN: usize = 2_000_000;",
        tests: &[
            "crates/forewarn-web/tests/it/settings/calendars.rs::a_calendar_holds_as_many_days_and_as_long_names_as_a_list_of_days_off_has",
        ],
    },
    Defence {
        name: "a word within a year",
        file: "crates/forewarn-domain/src/case/ahead.rs",
        with: "from_hours(366 * 24);",
        without: "from_hours(366 * 24 * 9_000);",
        tests: &["crates/forewarn-web/tests/it/cases.rs::nobody_promises_a_word_at_the_end_of_time"],
    },
    Defence {
        name: "an absence of three years",
        file: "crates/forewarn-domain/src/absence.rs",
        with: "} else if self.until.duration_since(self.from) > Self::LONGEST {",
        without: "} else if self.until.duration_since(self.from) > SignedDuration::MAX {",
        tests: &[
            "crates/forewarn-domain/src/absence.rs::an_absence_lasts_for_three_years_and_ends_within_four",
        ],
    },
    Defence {
        name: "so many findings",
        file: "crates/forewarn-wording/src/rules/mod.rs",
        with: "const MOST: usize = 200;",
        without: "const MOST: usize = 200_000;",
        tests: &[
            "crates/forewarn-wording/tests/length.rs::the_first_two_hundred_findings_are_given_and_the_others_counted",
        ],
    },
    Defence {
        name: "half a request is given up",
        file: "crates/forewarn/src/connections.rs",
        with: ".header_read_timeout(patience.head);",
        without: ".header_read_timeout(None);",
        tests: &[
            "crates/forewarn/src/connections.rs::whoever_sends_half_a_request_is_hung_up_on_and_others_are_answered",
        ],
    },
    Defence {
        name: "answers are taken up",
        file: "crates/forewarn/src/connections.rs",
        with: "stream.set_write_timeout(Some(patience.reading));",
        without: "stream.set_write_timeout(None);",
        tests: &["crates/forewarn/src/connections.rs::whoever_asks_and_never_reads_is_hung_up_on"],
    },
    Defence {
        name: "so many pages that listen",
        file: "crates/forewarn-web/src/routes/events.rs",
        with: "if *pages >= MOST_PAGES {",
        without: "if *pages == usize::MAX {",
        tests: &[
            "crates/forewarn-web/src/routes/events.rs::a_person_has_so_many_pages_open_and_others_have_theirs",
        ],
    },
    Defence {
        name: "so many mails about a letter",
        file: "crates/forewarn-store/src/replies/taking.rs",
        with: "const MOST_A_DAY: i64 = 50;",
        without: "const MOST_A_DAY: i64 = 50_000;",
        tests: &[
            "crates/forewarn-store/tests/stories/letters/replies.rs::programs_that_answer_each_other_and_floods_do_not_fill_a_case",
        ],
    },
    Defence {
        name: "folders for their user only",
        file: "crates/forewarn-store/src/location.rs",
        with: ".mode(0o700)",
        without: ".mode(0o755)",
        tests: &["crates/forewarn-store/src/location.rs::nobody_else_on_the_machine_looks_into_the_folder"],
    },
    Defence {
        name: "no values of settings",
        file: "crates/forewarn/src/settings.rs",
        with: "let what = without_values(error.message());",
        without: "let what = error.to_string();",
        tests: &["crates/forewarn/tests/it/doctor.rs::settings_with_a_mistake_are_refused_with_the_place"],
    },
    Defence {
        name: "a demo is a demo",
        file: "crates/forewarn/src/commands/demo.rs",
        with: "await? != Some(true) {",
        without: "await? == Some(false) {",
        tests: &["crates/forewarn/tests/it/doctor.rs::a_company_is_never_served_as_a_demo"],
    },
    Defence {
        name: "what is deleted leaves no trace",
        file: "crates/forewarn-store/src/db/connecting.rs",
        with: "options.pragma(\"secure_delete\", \"ON\")",
        without: "options.pragma(\"secure_delete\", \"OFF\")",
        tests: &[
            "crates/forewarn-store/src/db/connecting.rs::what_is_overwritten_leaves_no_trace_in_the_file",
        ],
    },
    Defence {
        name: "a line of the log is one line",
        file: "crates/forewarn/src/logging.rs",
        with: "letter if letter.is_control() =>",
        without: "letter if letter == '\\0' =>",
        tests: &["crates/forewarn/src/logging.rs::what_comes_from_elsewhere_begins_no_line_of_its_own"],
    },
];
