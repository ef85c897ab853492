//! What keeps the record what it was: steps in their order, each command once, nothing rewritten.

use super::Defence;

pub(super) const DEFENCES: &[Defence] = &[
    Defence {
        name: "what is told is checked",
        file: "crates/forewarn-domain/src/case/tell.rs",
        with: "        self.check_lines(&telling, now, terms)?;\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/any_commands.rs::no_order_of_commands_moves_a_promise_without_telling_or_ends_a_case_early",
        ],
    },
    Defence {
        name: "a case closes when all is told and the goods have arrived",
        file: "crates/forewarn-domain/src/case/keeping.rs",
        with: "            return Err(Refused::StillToTell(to_tell));\n        }\n        let open = self.lines.values().filter(|line| line.is_open()).count();\n        if open > 0 {\n            return Err(Refused::NotArrived(open));\n        }\n",
        without: "        }\n",
        tests: &[
            "crates/forewarn-web/tests/it/any_commands.rs::no_order_of_commands_moves_a_promise_without_telling_or_ends_a_case_early",
            "crates/forewarn-web/tests/it/api/any_order.rs::no_sequence_of_calls_skips_a_step",
        ],
    },
    Defence {
        name: "no date, but a next word",
        file: "crates/forewarn-domain/src/case/tell.rs",
        with: "        if let Some(by) = next_word {\n            draft.record(CaseEvent::NextWordPromised { by });\n        }\n",
        without: "",
        tests: &[
            "crates/forewarn-domain/src/case/tests/model.rs::no_history_loses_a_told_fact_changes_a_first_promise_or_leaves_a_case_without_next_step",
        ],
    },
    Defence {
        name: "a name can be seen",
        file: "crates/forewarn-domain/src/text/visible.rs",
        with: "text.contains(can_be_seen).then(|| text.to_owned())",
        without: "(!text.is_empty()).then(|| text.to_owned())",
        tests: &["crates/forewarn-web/tests/it/talk.rs::whoever_nobody_can_see_was_not_told"],
    },
    Defence {
        name: "what a leader did is for leaders to take back",
        file: "crates/forewarn-domain/src/case/taking_back.rs",
        with: "if event.is_of_a_leader() && !theirs && !who.leads() {",
        without: "if event.is_of_a_leader() && !theirs && who.person().is_none() {",
        tests: &[
            "crates/forewarn-web/tests/it/team.rs::what_a_leader_found_asked_or_allowed_is_not_the_reps_to_take_back",
        ],
    },
    Defence {
        name: "an API key is kept with the effect",
        file: "crates/forewarn-web/src/api/once.rs",
        with: "with(&me, Some(call.clone()), request, next)",
        without: "with(&me, None, request, next)",
        tests: &[
            "crates/forewarn-web/tests/it/api/once.rs::the_same_call_under_the_same_key_gets_the_same_answer_and_does_nothing_twice",
            "crates/forewarn-web/tests/it/api/once.rs::of_calls_that_come_at_once_under_one_key_one_acts_and_all_hear_the_same",
        ],
    },
    Defence {
        name: "a form has a number",
        file: "crates/forewarn-store/src/cases.rs",
        with: "        ledger.append(&mut file, events, act.scope.person(), act.at, act.entry).await?;\n        ledger.write().await?;\n        asking",
        without: "        ledger.append(&mut file, events, act.scope.person(), act.at, None).await?;\n        ledger.write().await?;\n        asking",
        tests: &["crates/forewarn-web/tests/it/cases.rs::the_same_form_twice_does_nothing_twice"],
    },
    Defence {
        name: "a table that only grows",
        file: "crates/forewarn-store/src/db/engine.rs",
        with: "BEFORE UPDATE ON {table} WHEN {refused} \\",
        without: "BEFORE UPDATE ON {table} WHEN 1 = 0 \\",
        tests: &[
            "crates/forewarn-store/src/migrations.rs::rule_2_what_was_recorded_can_be_neither_changed_nor_deleted",
        ],
    },
    Defence {
        name: "an event is bound to those before it",
        file: "crates/forewarn-store/src/history/verifying.rs",
        with: "() if chain != event.chain =>",
        without: "() if chain.len() != event.chain.len() =>",
        tests: &[
            "crates/forewarn/tests/it/audit.rs::a_byte_flipped_in_the_database_is_found_and_named",
            "crates/forewarn-store/src/history/tests.rs::the_first_event_that_was_rewritten_is_named",
        ],
    },
    Defence {
        name: "a day is bound to its head",
        file: "crates/forewarn-store/src/history/verifying.rs",
        with: "if sum.events != head.events || sum.head() != head.head {",
        without: "if sum.events != head.events {",
        tests: &[
            "crates/forewarn-store/src/history/tests.rs::a_head_tells_of_a_history_that_was_computed_anew",
        ],
    },
    Defence {
        name: "an erasure only erases",
        file: "crates/forewarn-store/src/history.rs",
        with: "(!erased_since || erased::only_erased(&other.event, &self.event))",
        without: "(!erased_since || !other.event.is_empty())",
        tests: &[
            "crates/forewarn-store/src/history/forgeries.rs::an_erasure_that_does_more_than_erase_is_found",
        ],
    },
    Defence {
        name: "an erased event is still one",
        file: "crates/forewarn-store/src/history/verifying.rs",
        with: "() if event.erased.is_some() && !erased::may_be_left(&event.kind, &event.event) => {",
        without: "() if event.erased.is_some() && event.event.is_empty() => {",
        tests: &[
            "crates/forewarn-store/src/history/forgeries.rs::an_erased_event_that_is_no_event_any_more_is_found",
        ],
    },
    Defence {
        name: "time goes forwards",
        file: "crates/forewarn-store/src/history/verifying.rs",
        with: "(before.duration_since(recorded) > SETTLED_AFTER)",
        without: "(before.duration_since(recorded) == jiff::SignedDuration::MAX)",
        tests: &[
            "crates/forewarn-store/src/history/forgeries.rs::an_event_recorded_long_before_the_one_in_front_of_it_is_found",
        ],
    },
    Defence {
        name: "what an export does not have is new",
        file: "crates/forewarn/src/commands/audit/against.rs",
        with: "        if recorded_at < settled {",
        without: "        if recorded_at < settled && seq == u32::MAX {",
        tests: &[
            "crates/forewarn/tests/it/audit.rs::what_says_that_it_was_recorded_before_an_export_and_is_not_in_it_is_found",
        ],
    },
    Defence {
        name: "triggers are missed",
        file: "crates/forewarn-store/src/history/guards.rs",
        with: "due.filter(|due| !found.contains(due))",
        without: "due.filter(|due| due.name.is_empty() && !found.contains(due))",
        tests: &[
            "crates/forewarn-store/src/history/forgeries.rs::triggers_that_refuse_changes_are_missed_when_they_are_gone",
        ],
    },
    Defence {
        name: "a case is filed where it was opened",
        file: "crates/forewarn-store/src/history/outside.rs",
        with: "(recorded.id != now.customer || !same_name)",
        without: "(recorded.name.is_empty() && !same_name)",
        tests: &[
            "crates/forewarn-store/src/history/forgeries.rs::a_case_that_is_filed_under_another_customer_is_found",
        ],
    },
    Defence {
        name: "what we build on is looked at",
        file: "xtask/src/tidy/supply.rs",
        with: r#"const NEVER: &[&str] = &["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "openssl-sys"];"#,
        without: "const NEVER: &[&str] = &[];",
        tests: &["xtask/src/tidy/supply.rs::forks_doubles_and_what_is_never_let_in_are_reported"],
    },
];
