use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use ureq::http::HeaderMap;

/// Somebody who is signed in, asking for pages one after another over one connection.
pub(super) struct Visitor {
    agent: ureq::Agent,
    base: String,
    cookies: Vec<(String, String)>,
}

impl Visitor {
    /// Signs in through the form, as a browser does.
    pub(super) fn sign_in(base: &str, email: &str, password: &str) -> Result<Self> {
        let agent = agent(Duration::from_secs(60));
        let mut visitor = Self { agent, base: base.to_owned(), cookies: Vec::new() };
        let (door, _) = visitor.get("/sign-in")?;
        let mut form = hidden_fields(&door);
        form.extend([("email", email), ("password", password)]);

        let request = visitor.agent.post(format!("{base}/session"));
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Cookie", visitor.cookie());
        let answer = request.send_form(form).context("signing in")?;
        ensure!(answer.status().is_redirection(), "signing in as {email} answered {}", answer.status());
        visitor.keep_cookies(answer.headers());
        ensure!(!visitor.cookies.is_empty(), "signing in as {email} gave no session");
        Ok(visitor)
    }

    /// A page, and how long it took until its last byte was here.
    pub(super) fn get(&mut self, path: &str) -> Result<(String, Duration)> {
        let started = Instant::now();
        let answer = self.look(path)?;
        let time = started.elapsed();
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        Ok((answer.text, time))
    }

    /// Whatever is at this address.
    pub(super) fn look(&mut self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("Cookie", self.cookie());
        let answer = request.call();
        self.answer(answer).with_context(|| format!("asking for {path}"))
    }

    /// The same person, who waits so long for an answer and no longer.
    pub(super) fn patient_for(self, limit: Duration) -> Self {
        Self { agent: agent(limit), ..self }
    }

    /// From here on they ask at another address of the same Forewarn.
    pub(super) fn move_to(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// Sends a form, as a program does.
    pub(super) fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Answer> {
        let answer = self.request_to(path).send_form(form.iter().copied());
        self.answer(answer)
    }

    /// Sends a body of this type.
    pub(super) fn send(&mut self, path: &str, content_type: &str, body: &[u8]) -> Result<Answer> {
        let answer = self.request_to(path).header("Content-Type", content_type).send(body);
        self.answer(answer)
    }

    fn request_to(&self, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        let request = self.agent.post(format!("{}{path}", self.base)).header("Accept", "application/json");
        request.header("Sec-Fetch-Site", "same-origin").header("Cookie", self.cookie())
    }

    fn answer(&mut self, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer> {
        let mut answer = answer?;
        self.keep_cookies(answer.headers());
        let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
        let (status, location) = (answer.status().as_u16(), location.map(str::to_owned));
        Ok(Answer {
            status,
            location,
            text: answer.body_mut().with_config().limit(64 << 20).read_to_string()?,
        })
    }

    fn cookie(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.retain(|(kept, _)| kept != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where it leads on to, if it does.
    pub(super) location: Option<String>,
    pub(super) text: String,
}

fn agent(limit: Duration) -> ureq::Agent {
    let settings = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
    settings.timeout_global(Some(limit)).build().into()
}

/// Names and values of the hidden fields of a page.
fn hidden_fields(page: &str) -> Vec<(&str, &str)> {
    let tags = page.split("<input ").skip(1).filter_map(|rest| rest.split('>').next());
    let hidden = tags.filter(|tag| tag.contains("type=\"hidden\""));
    hidden.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_fields_are_sent_along() {
        let page = r#"<form><input type="hidden" name="entry" value="7"><input id="email" name="email">"#;
        assert_eq!(hidden_fields(page), [("entry", "7")]);
    }
}
