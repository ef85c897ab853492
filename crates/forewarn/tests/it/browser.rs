//! Just enough of a browser to sign in and send forms.

use anyhow::{Context as _, Result, ensure};

/// Somebody who is signed in.
pub(crate) struct Browser {
    agent: ureq::Agent,
    base: String,
    cookie: String,
}

impl Browser {
    /// Signs in through the form.
    pub(crate) fn sign_in(base: &str, email: &str, password: &str) -> Result<Self> {
        let settings = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        let agent: ureq::Agent = settings.build().into();
        let mut browser = Self { agent, base: base.to_owned(), cookie: String::new() };
        let answer = browser.send("/session", &[("email", email), ("password", password)])?;
        let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let pairs: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        ensure!(answer.status().is_redirection() && !pairs.is_empty(), "signing in: {}", answer.status());
        browser.cookie = pairs.join("; ");
        Ok(browser)
    }

    /// Opens a page; gives its status.
    pub(crate) fn get(&self, path: &str) -> Result<u16> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("Cookie", &self.cookie);
        Ok(request.call().with_context(|| format!("opening {path}"))?.status().as_u16())
    }

    /// Sends a form; done when the answer leads on.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let mut answer = self.send(path, fields)?;
        let status = answer.status();
        ensure!(status.is_redirection(), "{path}: {status}: {}", answer.body_mut().read_to_string()?);
        Ok(())
    }

    /// Sends a form; gives the status, whatever it is, and the page.
    pub(crate) fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Result<(u16, String)> {
        let mut answer = self.send(path, fields)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
    }

    /// Looks at a page.
    pub(crate) fn look(&self, path: &str) -> Result<ureq::http::Response<ureq::Body>> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("Cookie", &self.cookie);
        request.call().with_context(|| format!("looking at {path}"))
    }

    fn send(&self, path: &str, fields: &[(&str, &str)]) -> Result<ureq::http::Response<ureq::Body>> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Cookie", &self.cookie);
        request.send_form(fields.iter().copied()).with_context(|| format!("sending to {path}"))
    }
}
