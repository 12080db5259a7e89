//! People who sign in, and programs that ask in their name.

use reqwest::{RequestBuilder, header};

use crate::browser::{PASSWORD, with_form};
use crate::{Server, Vestibule, client};

/// Somebody with an account, who is signed in and has a token.
pub struct Person {
    token: String,
    cookie: String,
}

impl Person {
    /// Signs in, and makes a token for sign-ins and policies.
    ///
    /// # Panics
    /// When there is no such account.
    pub async fn new(vestibule: &Vestibule, server: &Server, username: &str) -> Person {
        let arguments = [
            "user",
            "token",
            username,
            "--name",
            "script",
            "--scope",
            "sign_ins",
            "--scope",
            "conditional_access",
        ];
        let made = vestibule.run(&arguments).expect_code(0).stdout;
        let request = with_form(
            client().post(server.at("/sign-in")),
            &[("username", username), ("password", PASSWORD)],
        );
        let answer = request.send().await;
        let answer = answer.unwrap_or_else(|error| panic!("no answer: {error}"));
        let cookie = answer.headers().get(header::SET_COOKIE);
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        let Some(cookie) = cookie else {
            panic!("{username} is not let in: {}", answer.status());
        };
        Person {
            token: made.trim().to_owned(),
            cookie: cookie.to_owned(),
        }
    }

    /// Status and body of the answer to a question: to the interface by the token, to a page by the session.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn asks(&self, server: &Server, path: &str) -> (u16, String) {
        let request = client().get(server.at(path));
        let request = match path.starts_with("/api/v1/") {
            true => request.bearer_auth(&self.token),
            false => request.header(header::COOKIE, &self.cookie),
        };
        answered(request).await
    }

    /// Status and body of the answer to a form.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn sends(
        &self,
        server: &Server,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (u16, String) {
        let request = with_form(client().post(server.at(path)), fields);
        answered(request.header(header::COOKIE, &self.cookie)).await
    }
}

async fn answered(request: RequestBuilder) -> (u16, String) {
    let answer = Box::pin(request.send()).await;
    let answer = answer.unwrap_or_else(|error| panic!("no answer: {error}"));
    let status = answer.status().as_u16();
    let body = answer.bytes().await;
    let body = body.unwrap_or_else(|error| panic!("no body: {error}"));
    (status, String::from_utf8_lossy(&body).into_owned())
}
