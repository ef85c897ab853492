//! What keeps strangers out, and people to what is theirs.

use super::Defence;

pub(super) const DEFENCES: &[Defence] = &[
    Defence {
        name: "an address that nobody has thought of",
        file: "crates/forewarn-web/src/routes/sign_in.rs",
        with: r#".route("/", get(home))"#,
        without: r#".route("/", get(home)).route("/back-door", get(home))"#,
        tests: &["crates/forewarn-web/tests/it/access.rs::every_address_has_a_row_and_every_row_an_address"],
    },
    Defence {
        name: "a rep sees their own cases",
        file: "crates/forewarn-store/src/scope.rs",
        with: r#""(k.owner_id = ? OR k.inbox_team_id"#,
        without: r#""(1 = 1 OR k.owner_id = ? OR k.inbox_team_id"#,
        tests: &[
            "crates/forewarn-web/tests/it/access.rs::everybody_gets_the_answer_of_the_matrix_about_a_case_on_postgresql",
            "crates/forewarn-web/tests/it/access/reading.rs::other_teams_and_colleagues_find_nothing_of_an_account_on_any_page",
            "crates/forewarn-store/tests/stories/scope.rs::a_rep_of_another_team_sees_nothing_of_an_account",
        ],
    },
    Defence {
        name: "settings are for admins",
        file: "crates/forewarn-web/src/routes/settings.rs",
        with: "| Section::Webhooks => role == Role::Admin,",
        without: "| Section::Webhooks => role != Role::SupplyOwner,",
        tests: &[
            "crates/forewarn-web/tests/it/access.rs::everybody_gets_the_answer_of_the_matrix_about_all_else",
            "crates/forewarn-web/tests/it/settings/webhooks.rs::webhooks_are_for_admins",
        ],
    },
    Defence {
        name: "owners of facts see no conversations",
        file: "crates/forewarn-web/src/routes/promises.rs",
        with: "see_cases: me.scope().sees_conversations(),",
        without: "see_cases: true,",
        tests: &[
            "crates/forewarn-web/tests/it/access/reading.rs::owners_of_facts_see_facts_and_nothing_of_what_was_said",
        ],
    },
    Defence {
        name: "forms of other sites",
        file: "crates/forewarn-web/src/router.rs",
        with: "        .layer(CsrfLayer::new())\n",
        without: "",
        tests: &["crates/forewarn-web/tests/it/access/reading.rs::nothing_is_done_that_another_site_sends"],
    },
    Defence {
        name: "looking changes nothing",
        file: "crates/forewarn-web/src/routes/notices.rs",
        with: "    let notices = state.store.notices_of(me.person.id, MOST).await?;\n    let wall",
        without: "    let notices = state.store.notices_of(me.person.id, MOST).await?;\n    \
                  use forewarn_store::security_log::{SecurityEvent, What};\n    \
                  let seen = SecurityEvent::without_browser(What::SignedIn, me.person.id, me.now);\n    \
                  state.store.note_security(&seen).await?;\n    let wall",
        tests: &["crates/forewarn-web/tests/it/access/reading.rs::looking_changes_nothing_whatever_the_link"],
    },
    Defence {
        name: "a new token at sign-in",
        file: "crates/forewarn-web/src/me.rs",
        with: "        session.clear().await;\n        session.cycle_id().await?;\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::a_cookie_planted_before_signing_in_is_worth_nothing_afterwards",
        ],
    },
    Defence {
        name: "signing out ends the session",
        file: "crates/forewarn-web/src/routes/sign_in.rs",
        with: "    session.flush().await?;\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::a_copied_cookie_is_out_when_its_owner_signs_out",
        ],
    },
    Defence {
        name: "the longest session",
        file: "crates/forewarn-web/src/session.rs",
        with: "< self.state.sessions.longest",
        without: "< SignedDuration::MAX",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::a_session_ends_by_idling_and_by_age_as_whoever_runs_it_says",
        ],
    },
    Defence {
        name: "the cookie is for this host",
        file: "crates/forewarn-web/src/session.rs",
        with: r#""__Host-forewarn""#,
        without: r#""forewarn""#,
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::over_https_the_cookie_is_for_this_host_alone",
        ],
    },
    Defence {
        name: "disabling ends the sessions",
        file: "crates/forewarn-store/src/people.rs",
        with: "        tx.execute(\"DELETE FROM session WHERE person_id = ?\", binds![id]).await?;\n        links::forget_of",
        without: "        links::forget_of",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in.rs::a_session_ends_when_it_is_idle_and_when_the_person_is_disabled",
        ],
    },
    Defence {
        name: "two hashes at once",
        file: "crates/forewarn-web/src/passwords.rs",
        with: "const AT_ONCE: usize = 2;",
        without: "const AT_ONCE: usize = 1024;",
        tests: &[
            "crates/forewarn/tests/it/crowd.rs::a_thousand_sign_ins_at_once_take_bounded_memory_and_others_are_still_served",
        ],
    },
    Defence {
        name: "five guesses",
        file: "crates/forewarn-web/src/sign_in_limits.rs",
        with: "const FOR_AN_ACCOUNT_FROM_AN_ADDRESS: usize = 5;",
        without: "const FOR_AN_ACCOUNT_FROM_AN_ADDRESS: usize = 5000;",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in.rs::guessing_passwords_ends_after_five",
            "crates/forewarn-web/tests/it/second_step.rs::codes_are_guessed_five_times_and_half_way_lasts_ten_minutes",
        ],
    },
    Defence {
        name: "a guess counts from its beginning",
        file: "crates/forewarn-web/src/sign_in_limits.rs",
        with: "            at.push(now);\n        }\n        Verdict::Go",
        without: "            let _ = (at, now);\n        }\n        Verdict::Go",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::twenty_guesses_at_once_are_twenty_guesses",
        ],
    },
    Defence {
        name: "the second step is asked for",
        file: "crates/forewarn-web/src/pending.rs",
        with: "if !has_one && !has_to {",
        without: "if !has_to {",
        tests: &[
            "crates/forewarn-web/tests/it/second_step.rs::with_a_second_step_the_password_alone_lets_nobody_in",
            "crates/forewarn-web/tests/it/second_step.rs::a_link_for_a_new_password_does_not_go_round_the_second_step",
        ],
    },
    Defence {
        name: "a code works once",
        file: "crates/forewarn-store/src/second_steps.rs",
        with: r#"AND last_step < ?""#,
        without: r#"AND last_step < ? + 1000""#,
        tests: &[
            "crates/forewarn-web/tests/it/second_step.rs::a_code_that_somebody_has_read_over_the_shoulder_is_worth_nothing",
        ],
    },
    Defence {
        name: "a code to turn it off",
        file: "crates/forewarn-web/src/routes/security/second_step.rs",
        with: "        Checked::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, NOT_RIGHT),",
        without: "        Checked::Wrong => return Ok(None),",
        tests: &[
            "crates/forewarn-web/tests/it/second_step.rs::turning_it_on_asks_for_the_password_and_turning_it_off_for_a_code_as_well",
        ],
    },
    Defence {
        name: "the password for a token",
        file: "crates/forewarn-web/src/routes/settings/tokens.rs",
        with: "    if !asks_password(state, me) {",
        without: "    if asks_password(state, me) || !asks_password(state, me) {",
        tests: &[
            "crates/forewarn-web/tests/it/api/tokens.rs::a_token_asks_for_the_password_and_stands_in_the_log",
        ],
    },
    Defence {
        name: "tokens go with the password",
        file: "crates/forewarn-store/src/passwords.rs",
        with: "    tokens::revoke_all_of(tx, id, event.at).await?;\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/api/tokens.rs::a_new_password_a_new_role_and_signing_somebody_out_take_their_tokens_back",
        ],
    },
    Defence {
        name: "half-way in lasts ten minutes",
        file: "crates/forewarn-web/src/pending.rs",
        with: "duration_since(kept.since) < FOR;",
        without: "duration_since(kept.since) < SignedDuration::MAX;",
        tests: &[
            "crates/forewarn-web/tests/it/second_step.rs::codes_are_guessed_five_times_and_half_way_lasts_ten_minutes",
        ],
    },
    Defence {
        name: "the provider's token is for this sign-in",
        file: "crates/forewarn-outreach/src/oidc.rs",
        with: "token.claims(&verifier, &nonce)",
        without: "token.claims(&verifier, |_: Option<&Nonce>| Ok::<(), String>(()))",
        tests: &[
            "crates/forewarn-web/tests/it/elsewhere.rs::a_token_that_was_not_made_for_this_sign_in_lets_nobody_in",
        ],
    },
    Defence {
        name: "the provider's answer is for this browser",
        file: "crates/forewarn-outreach/src/oidc.rs",
        with: "if answer.state != ticket.state {",
        without: "if answer.state.is_empty() {",
        tests: &[
            "crates/forewarn-web/tests/it/elsewhere.rs::an_answer_belongs_to_the_browser_that_asked_and_is_good_once",
        ],
    },
    Defence {
        name: "the provider has made sure of the address",
        file: "crates/forewarn-web/src/elsewhere.rs",
        with: "identity.email.as_deref().filter(|_| identity.email_verified)",
        without: "identity.email.as_deref()",
        tests: &[
            "crates/forewarn-web/tests/it/elsewhere.rs::an_address_that_the_provider_has_not_made_sure_of_lets_nobody_in",
            "e2e/journeys/single-sign-on.mjs",
        ],
    },
    Defence {
        name: "a link for a password works for a day",
        file: "crates/forewarn-web/src/links.rs",
        with: "pub const RESET_GOOD_FOR: Duration = Duration::from_secs(24 * 3600);",
        without: "pub const RESET_GOOD_FOR: Duration = Duration::from_secs(240 * 3600);",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::a_link_to_choose_a_password_works_once_and_for_a_day_and_ends_the_sessions",
        ],
    },
    Defence {
        name: "a token is for some uses",
        file: "crates/forewarn-web/src/api/door.rs",
        with: "need.filter(|scope| !me.may(*scope))",
        without: "need.filter(|_| false)",
        tests: &["crates/forewarn-web/tests/it/api/tokens.rs::a_token_is_good_for_what_it_says_and_no_more"],
    },
    Defence {
        name: "a token is its person",
        file: "crates/forewarn-web/src/me.rs",
        with: "        self.person.scope()\n",
        without: "        if self.token().is_some() { Scope::Program } else { self.person.scope() }\n",
        tests: &["crates/forewarn-web/tests/it/api/tokens.rs::a_token_never_does_more_than_its_person"],
    },
    Defence {
        name: "a token ends",
        file: "crates/forewarn-store/src/tokens.rs",
        with: "self.revoked_at.is_none() && now < self.expires_at",
        without: "self.revoked_at.is_none() || now < self.expires_at",
        tests: &[
            "crates/forewarn-web/tests/it/api/tokens.rs::a_token_ends_with_its_time_and_with_its_person",
        ],
    },
    Defence {
        name: "a token opens no page",
        file: "crates/forewarn-web/src/me.rs",
        with: "        if parts.uri.path().starts_with(\"/api/\")\n            && let Some(said)",
        without: "        if let Some(said)",
        tests: &[
            "crates/forewarn-web/tests/it/api/tokens.rs::a_token_opens_no_page_and_needs_no_cookie_while_a_cookie_is_guarded",
        ],
    },
    Defence {
        name: "only listed proxies are believed",
        file: "crates/forewarn-web/src/client.rs",
        with: "            if !self.has(nearest) {\n                break;\n            }\n",
        without: "",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::a_forged_x_forwarded_for_gets_nobody_past_the_limits",
        ],
    },
    Defence {
        name: "behind a proxy everybody counts by themselves",
        file: "crates/forewarn-web/src/client.rs",
        with: "            if !self.has(nearest) {\n                break;\n            }\n",
        without: "            break;\n",
        tests: &[
            "crates/forewarn-web/tests/it/sign_in_security.rs::behind_a_trusted_proxy_each_client_counts_by_itself_whatever_it_makes_up",
        ],
    },
];
