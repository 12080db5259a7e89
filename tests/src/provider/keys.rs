//! Keys of the provider of tests, and tokens signed with them, rightly and wrongly.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{CLIENT_SECRET, Signing};

/// A key with its name.
#[derive(Debug, Clone)]
pub struct Key {
    id: String,
    secret: Secret,
}

#[derive(Debug, Clone)]
enum Secret {
    Curve(Arc<EcdsaKeyPair>),
    Rsa(Box<RsaPrivateKey>),
}

impl Key {
    /// A new key of the curve P-256.
    ///
    /// # Panics
    /// When there are no random numbers.
    pub fn curve(id: &str) -> Key {
        let (random, kind) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(kind, &random);
        let document = document.unwrap_or_else(|error| panic!("no key: {error}"));
        let pair = EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &random);
        let pair = pair.unwrap_or_else(|error| panic!("no key: {error}"));
        Key {
            id: id.to_owned(),
            secret: Secret::Curve(Arc::new(pair)),
        }
    }

    /// A new RSA key of 2048 bits.
    ///
    /// # Panics
    /// When there are no random numbers.
    pub fn rsa(id: &str) -> Key {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2_048);
        Key {
            id: id.to_owned(),
            secret: Secret::Rsa(Box::new(
                key.unwrap_or_else(|error| panic!("no key: {error}")),
            )),
        }
    }

    /// What everybody may know of it, as a JSON Web Key.
    pub fn public(&self) -> Value {
        match &self.secret {
            Secret::Curve(pair) => {
                let point = pair.public_key().as_ref();
                let part = |from: usize| written(point.get(from..from + 32).unwrap_or_default());
                json!({"kid": self.id, "use": "sig", "kty": "EC", "crv": "P-256", "x": part(1), "y": part(33)})
            }
            Secret::Rsa(key) => {
                let (n, e) = (key.n().to_bytes_be(), key.e().to_bytes_be());
                json!({"kid": self.id, "use": "sig", "kty": "RSA", "n": written(&n), "e": written(&e)})
            }
        }
    }

    /// A token with these claims, signed like this.
    pub fn token(&self, claims: &Value, signing: &Signing) -> String {
        match signing {
            Signing::Own => self.signed(&self.id, claims),
            Signing::Forged(other) => other.signed(&self.id, claims),
            Signing::Unpublished(other) => other.signed(&other.id, claims),
            Signing::None => format!("{}.", input("none", &self.id, claims)),
            Signing::Secret => {
                let input = input("HS256", &self.id, claims);
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
                let signature = ring::hmac::sign(&key, input.as_bytes());
                format!("{input}.{}", written(signature.as_ref()))
            }
        }
    }

    fn signed(&self, id: &str, claims: &Value) -> String {
        match &self.secret {
            Secret::Curve(pair) => {
                let input = input("ES256", id, claims);
                let signature = pair.sign(&SystemRandom::new(), input.as_bytes());
                let signature = signature.unwrap_or_else(|error| panic!("no signature: {error}"));
                format!("{input}.{}", written(signature.as_ref()))
            }
            Secret::Rsa(key) => {
                let input = input("RS256", id, claims);
                let key = SigningKey::<rsa::sha2::Sha256>::new((**key).clone());
                format!(
                    "{input}.{}",
                    written(&key.sign(input.as_bytes()).to_bytes())
                )
            }
        }
    }
}

fn input(algorithm: &str, id: &str, claims: &Value) -> String {
    let head = json!({"typ": "JWT", "alg": algorithm, "kid": id});
    let part = |value: &Value| written(value.to_string().as_bytes());
    format!("{}.{}", part(&head), part(claims))
}

fn written(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The first half of a text's hash, as ID tokens hold it.
pub fn half_hash(text: &str) -> String {
    let hash = Sha256::digest(text);
    written(hash.get(..16).unwrap_or_default())
}
