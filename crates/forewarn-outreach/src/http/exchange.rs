//! A request as another library has made it, and the whole of its answer.

use super::{Http, HttpTrouble, of};
use openidconnect::http::Response;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::pin::Pin;

/// More than any answer of a provider has.
const MOST: usize = 1024 * 1024;

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpTrouble;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpTrouble>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.exchange(request))
    }
}

impl Http {
    /// Sends a request through the guard, and gives the answer whatever its status.
    ///
    /// # Errors
    /// When the guard says no, nobody answers, or the answer is longer than a megabyte.
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpTrouble> {
        let (head, body) = request.into_parts();
        let url = self.checked(&head.uri.to_string())?;
        let sent = self.client.request(head.method, url).headers(head.headers).body(body).send().await;
        let mut answer = sent.map_err(|error| of(&error))?;
        let mut whole = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| of(&error))? {
            whole.extend_from_slice(&piece);
            if whole.len() > MOST {
                return Err(HttpTrouble::Network("the answer is too long".to_owned()));
            }
        }
        let mut response = Response::new(whole);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}
