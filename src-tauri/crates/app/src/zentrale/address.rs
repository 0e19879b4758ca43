//! Where the Zentrale is, and what lets us in.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderValue;
use reqwest::Url;

use crate::{AppError, Code};

/// Address of a Zentrale: `https` everywhere, `http` only to this machine itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Whether it lies on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address of an endpoint, given as path and query.
    pub(crate) fn of(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for Address {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text.trim()).map_err(|_| Code::AddressUnfit)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        match url.scheme() {
            "https" | "http" if !plain || url.host().is_none() => Err(Code::AddressUnfit.into()),
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(Code::AddressInsecure.into()),
            _ => Err(Code::AddressUnfit.into()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    // An IPv6 address stands in brackets.
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// A bearer token. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Longer ones the Zentrale does not look at.
    const BYTES_MAX: usize = 16 << 10;

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn header(&self) -> Result<HeaderValue, AppError> {
        let mut value =
            HeaderValue::try_from(format!("Bearer {}", self.0)).map_err(|_| Code::TokenUnfit)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl FromStr for Token {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let good = (1..=Self::BYTES_MAX).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        if good { Ok(Self(text.to_owned())) } else { Err(Code::TokenUnfit.into()) }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<&str, Code>) {
        let got = text.parse::<Address>().map(|address| address.of("/v1/hello"));
        assert_eq!(got.as_deref().map_err(|error| error.code), expect, "{text}");
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_clear() {
        check("https://kontor.kreis.example", Ok("https://kontor.kreis.example/v1/hello"));
        check("https://kreis.example/kontor/", Ok("https://kreis.example/kontor/v1/hello"));
        check("http://127.0.0.1:8480", Ok("http://127.0.0.1:8480/v1/hello"));
        check("http://localhost:8480/", Ok("http://localhost:8480/v1/hello"));
        check("http://[::1]:8480", Ok("http://[::1]:8480/v1/hello"));
        check("http://kontor.kreis.example", Err(Code::AddressInsecure));
        check("http://127.0.0.1.example", Err(Code::AddressInsecure));
        check("http://localhost.example", Err(Code::AddressInsecure));
        check("https://anna:geheim@kreis.example", Err(Code::AddressUnfit));
        check("https://kreis.example/?a=b", Err(Code::AddressUnfit));
        check("ftp://127.0.0.1", Err(Code::AddressUnfit));
        check("kontor.kreis.example", Err(Code::AddressUnfit));
        check("", Err(Code::AddressUnfit));
    }

    #[test]
    fn a_token_fits_into_one_line_and_is_not_printed() {
        let token: Token = " kontor_device_abc \n".parse().unwrap();
        assert_eq!(token.as_str(), "kontor_device_abc");
        assert_eq!(format!("{token:?}"), "Token(…)");
        for text in ["", "zwei Wörter", "a\r\nHost: b"] {
            assert_eq!(text.parse::<Token>().unwrap_err().code, Code::TokenUnfit, "{text}");
        }
    }
}
