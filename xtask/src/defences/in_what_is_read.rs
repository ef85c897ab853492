//! What bounds the files that are read, and the addresses that are gone to.

use super::Defence;

pub(super) const DEFENCES: &[Defence] = &[
    Defence {
        name: "public addresses only",
        file: "crates/forewarn-outreach/src/http/network.rs",
        with: "    match address {\n        IpAddr::V4(_) => !RESERVED_4",
        without: "    if !address.is_unspecified() {\n        return true;\n    }\n    match address {\n        IpAddr::V4(_) => !RESERVED_4",
        tests: &[
            "crates/forewarn-outreach/src/http/network.rs::only_what_anybody_may_reach_is_public",
            "crates/forewarn-outreach/tests/it/chatting.rs::a_private_address_is_not_reached_however_it_is_written",
            "crates/forewarn-outreach/tests/it/telling_programs.rs::a_private_address_is_not_reached_and_a_name_that_turns_private_neither",
        ],
    },
    Defence {
        name: "a name is checked when it counts",
        file: "crates/forewarn-outreach/src/http/guard.rs",
        with: "            .filter(|address| self.lets_through(*address))\n",
        without: "",
        tests: &[
            "crates/forewarn-outreach/tests/it/chatting.rs::a_name_that_turns_private_is_refused_when_it_does",
        ],
    },
    Defence {
        name: "no redirects",
        file: "crates/forewarn-outreach/src/http.rs",
        with: ".redirect(Policy::none())",
        without: ".redirect(Policy::limited(5))",
        tests: &[
            "crates/forewarn-outreach/tests/it/chatting.rs::a_redirect_to_a_private_address_leads_nowhere",
        ],
    },
    Defence {
        name: "a message is signed with its time",
        file: "crates/forewarn-outreach/src/webhook.rs",
        with: r#"format!("{id}.{}.{payload}", at.as_second())"#,
        without: r#"format!("{id}.{payload}")"#,
        tests: &[
            "crates/forewarn-outreach/tests/it/telling_programs.rs::what_we_sign_is_believed_by_others_as_long_as_nothing_is_changed",
        ],
    },
    Defence {
        name: "a message keeps its id",
        file: "crates/forewarn/src/jobs/webhooks.rs",
        with: "id: message_id, at",
        without: "id: &clock::fresh_id().to_string(), at",
        tests: &[
            "crates/forewarn/tests/it/webhooks.rs::killed_while_it_tells_it_tells_again_under_the_same_id",
        ],
    },
    Defence {
        name: "a workbook unpacks to so much",
        file: "crates/forewarn-feeds/src/xlsx/package.rs",
        with: "if size > 1 << 20 && size",
        without: "if size > 1 << 60 && size",
        tests: &["crates/forewarn-feeds/tests/it/workbooks.rs::the_zip_bomb_is_refused_before_it_is_parsed"],
    },
    Defence {
        name: "a workbook is read in bounded memory",
        file: "crates/forewarn-feeds/src/xlsx/child.rs",
        with: "    setrlimit(Resource::As, at_most(bytes))?;\n",
        without: "    let _ = bytes;\n",
        tests: &[
            "crates/forewarn-feeds/tests/it/workbooks.rs::what_slips_past_the_checks_is_stopped_by_the_memory_of_the_child",
        ],
    },
    Defence {
        name: "a workbook has so many columns",
        file: "crates/forewarn-feeds/src/xlsx/sheet.rs",
        with: "if column >= limits.columns {",
        without: "if column == u32::MAX {",
        tests: &["crates/forewarn-feeds/tests/it/workbooks.rs::the_sparse_bomb_is_refused_in_small_memory"],
    },
    Defence {
        name: "a workbook is read in bounded time",
        file: "crates/forewarn-feeds/src/xlsx/child.rs",
        with: "Ok(None) if waited < most => {",
        without: "Ok(None) if most > Duration::ZERO => {",
        tests: &["crates/forewarn-feeds/tests/it/workbooks.rs::a_child_that_takes_too_long_is_stopped"],
    },
];
