//! What keeps text text: in pages, in mail, in files that leave.

use super::Defence;

pub(super) const DEFENCES: &[Defence] = &[
    Defence {
        name: "no inline scripts",
        file: "crates/forewarn-web/src/browser_rules.rs",
        with: "script-src 'self';",
        without: "script-src 'self' 'unsafe-inline';",
        tests: &["crates/forewarn-web/tests/it/headers.rs::every_answer_of_every_address_carries_them"],
    },
    Defence {
        name: "no script of our own in a page",
        file: "crates/forewarn-web/templates/layout.html",
        with: "</head>",
        without: "<script>1</script></head>",
        tests: &["crates/forewarn-web/tests/it/headers.rs::no_page_has_a_script_or_a_style_of_its_own"],
    },
    Defence {
        name: "templates escape",
        file: "crates/forewarn-web/templates/customer.html",
        with: "<h1>{{ name }}</h1>",
        without: "<h1>{{ name|safe }}</h1>",
        tests: &["e2e/journeys/payloads.mjs"],
    },
    Defence {
        name: "what comes by mail is escaped",
        file: "crates/forewarn-web/templates/letters/reply.html",
        with: "{{ reply.words }}",
        without: "{{ reply.words|safe }}",
        tests: &[
            "crates/forewarn-web/tests/it/letters.rs::a_reply_stands_in_the_case_closes_nothing_and_the_next_letter_answers_it",
        ],
    },
    Defence {
        name: "a name beside an address is one line",
        file: "crates/forewarn-outreach/src/mime/mailbox.rs",
        with: "name.chars().any(char::is_control)",
        without: "name.is_empty()",
        tests: &[
            "crates/forewarn-outreach/tests/it/letters.rs::whatever_is_typed_makes_one_mail_with_exact_headers_or_none",
            "crates/forewarn-outreach/tests/it/letters.rs::an_address_is_one_address_or_none",
        ],
    },
    Defence {
        name: "a subject is one line",
        file: "crates/forewarn-outreach/src/mime.rs",
        with: "if letter.subject.chars().any(char::is_control) {",
        without: "if letter.subject.is_empty() {",
        tests: &["crates/forewarn-outreach/tests/it/letters.rs::what_could_forge_a_header_is_refused"],
    },
    Defence {
        name: "internal text stays inside",
        file: "crates/forewarn-web/src/views/wording.rs",
        with: "cause: case.cause.customer.clone(),",
        without: "cause: case.cause.internal.as_ref().and_then(|text| \
                  forewarn_domain::text::CustomerText::new(text.for_our_people())),",
        tests: &["crates/forewarn-web/tests/it/internal_text.rs::rule_12_no_internal_text_is_in_any_mail"],
    },
    Defence {
        name: "formulas don't run",
        file: "crates/forewarn-feeds/src/sheet_writer.rs",
        with: "if runs {",
        without: "if runs && cell.is_empty() {",
        tests: &[
            "crates/forewarn-feeds/tests/it/formulas.rs::every_cell_is_there_and_none_is_run",
            "crates/forewarn-feeds/tests/it/formulas.rs::rejected_rows_are_not_run_either",
        ],
    },
];
