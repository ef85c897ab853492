use std::fmt;

use lettre::Address;
use thiserror::Error;
use url::Host;

/// An address that a mail can carry, with the name beside it. Made by checking, so that nothing in it can end a
/// header line or an SMTP command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    name: Option<String>,
    address: Address,
}

/// Why something is not an address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadAddress {
    /// Not of the form name@domain.
    #[error("{0:?} is not an e-mail address; one looks like name@example.com")]
    Form(String),
    /// A part before the @ that only SMTPUTF8 servers take.
    #[error(
        "{0:?} has letters before the @ that many mail servers refuse; ask for an address in plain letters"
    )]
    Letters(String),
    /// A line break or the like in the name.
    #[error("the name beside {0:?} has a line break or another control character; write it as one line")]
    Name(String),
}

impl Mailbox {
    /// The address `address`, with `name` before it where one is given. A domain in letters of other alphabets
    /// is turned into its ASCII form.
    ///
    /// # Errors
    /// See [`BadAddress`].
    pub fn new(name: Option<&str>, address: &str) -> Result<Self, BadAddress> {
        let form = || BadAddress::Form(address.to_owned());
        if name.is_some_and(|name| name.chars().any(char::is_control)) {
            return Err(BadAddress::Name(address.to_owned()));
        }
        let (local, domain) = address.trim().rsplit_once('@').ok_or_else(form)?;
        if !local.is_ascii() {
            return Err(BadAddress::Letters(address.to_owned()));
        }
        // A quoted local part ("a b"@example.com) is legal, and what injections are made of: nobody needs it.
        let dotted =
            local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
        let dotted = dotted && local.split('.').all(|part| !part.is_empty());
        let domain =
            Host::parse(domain).ok().filter(|host| matches!(host, Host::Domain(_))).ok_or_else(form)?;
        if !dotted {
            return Err(form());
        }
        let address = Address::new(local, domain.to_string()).map_err(|_| form())?;
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        Ok(Self { name, address })
    }

    /// `name@domain`, all ASCII.
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    /// What stands before the address.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What follows the `@`.
    pub fn domain(&self) -> &str {
        self.address.domain()
    }

    pub(crate) fn typed(&self) -> &Address {
        &self.address
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}
