use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// Somebody who is signed in, asking for pages one after another over one connection.
pub(super) struct Visitor {
    agent: ureq::Agent,
    base: String,
    cookies: Vec<(String, String)>,
}

impl Visitor {
    /// Signs in through the form, as a browser does.
    pub(super) fn sign_in(base: &str, email: &str, password: &str) -> Result<Self> {
        let settings = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        let agent: ureq::Agent = settings.timeout_global(Some(Duration::from_secs(60))).build().into();
        let mut visitor = Self { agent, base: base.to_owned(), cookies: Vec::new() };
        let form = [("email", email), ("password", password)];
        let request = visitor.agent.post(format!("{base}/sign-in")).header("Sec-Fetch-Site", "same-origin");
        let answer = request.send_form(form).context("signing in")?;
        ensure!(answer.status().is_redirection(), "signing in as {email} answered {}", answer.status());
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            visitor
                .cookies
                .extend(pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        ensure!(!visitor.cookies.is_empty(), "signing in as {email} gave no session");
        Ok(visitor)
    }

    /// A page, and how long it took until its last byte was here.
    pub(super) fn get(&self, path: &str) -> Result<(String, Duration)> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.agent.get(format!("{}{path}", self.base)).header("Cookie", cookies.join("; "));
        let started = Instant::now();
        let mut answer = request.call().with_context(|| format!("asking for {path}"))?;
        let page = answer.body_mut().with_config().limit(64 << 20).read_to_string()?;
        let time = started.elapsed();
        ensure!(answer.status() == 200, "{path} answered {}", answer.status());
        Ok((page, time))
    }
}
