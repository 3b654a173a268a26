//! The setting's own authority: it signs certificates for hosts whose pages have to be looked at one
//! by one. Its key never leaves this computer and lies sealed; devices trust it when somebody has
//! installed its certificate on them.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use kernel::moment::{Date, Moment, minus_days, plus_days};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{
    collections::HashMap,
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use zeroize::Zeroizing;

/// Where devices get the certificate.
pub(super) const PATH: &str = "/stairgate-authority.crt";

const MAGIC: &[u8; 21] = b"stairgate authority\n\n";
const NONCE_BYTES: usize = 24;
/// For how many years devices trust it.
const YEARS: i16 = 10;
/// For how many days a certificate of a host holds.
const LEAF_DAYS: i64 = 30;
/// The most hosts whose certificates are kept.
const HOSTS_MAX: usize = 512;

/// A day as certificates have it.
macro_rules! at {
    ($day:expr) => {{
        let day: Date = $day;
        let number = |number: i8| u8::try_from(number).unwrap_or(1);
        date_time_ymd(
            i32::from(day.year()),
            number(day.month()),
            number(day.day()),
        )
    }};
}

/// Signs certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    leaf_key: KeyPair,
    made: Mutex<HashMap<String, (Arc<ServerConfig>, Date)>>,
}

/// Why there is no authority.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// Its file can't be read or written.
    #[error("the file of the authority can’t be used: {0}")]
    Io(#[from] io::Error),
    /// Its file is damaged, or sealed under another key.
    #[error("the file of the authority is damaged, or sealed under another key")]
    Damaged,
    /// A certificate can't be made.
    #[error("a certificate can’t be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A certificate can't be used.
    #[error("a certificate can’t be used: {0}")]
    Tls(#[from] rustls::Error),
}

impl Authority {
    /// Opens the authority of a file, or makes one: `name` is what devices show.
    ///
    /// # Errors
    ///
    /// See [`AuthorityError`]. A damaged file is never replaced: devices trust what was in it.
    pub fn begin(
        path: &Path,
        key: &[u8; 32],
        name: &str,
        now: Moment,
    ) -> Result<Authority, AuthorityError> {
        match fs::read(path) {
            Ok(bytes) => Authority::open(&bytes, key),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Authority::make(path, key, name, now.date())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn make(
        path: &Path,
        key: &[u8; 32],
        name: &str,
        day: Date,
    ) -> Result<Authority, AuthorityError> {
        let pair = KeyPair::generate()?;
        let name: String = name.chars().take(60).collect();
        let own = params(&name, day);
        let certificate = own.self_signed(&pair)?.der().clone();
        let secret = Zeroizing::new(pair.serialize_der());
        let parts = serde_json::json!({
            "name": name,
            "day": day.to_string(),
            "certificate": certificate.as_ref(),
            "key": &*secret,
        });
        let plain = Zeroizing::new(parts.to_string());
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: MAGIC,
        };
        let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| AuthorityError::Damaged)?;
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        for part in [MAGIC.as_slice(), &nonce, &sealed] {
            io::Write::write_all(&mut file, part)?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Authority::of(own, pair, certificate)
    }

    fn open(bytes: &[u8], key: &[u8; 32]) -> Result<Authority, AuthorityError> {
        let damaged = || AuthorityError::Damaged;
        let sealed = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(damaged)?;
        let payload = Payload {
            msg: sealed,
            aad: MAGIC,
        };
        let plain = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload);
        let plain = Zeroizing::new(plain.map_err(|_| damaged())?);
        let parts: Parts = serde_json::from_slice(&plain).map_err(|_| damaged())?;
        let day = parts.day.parse().map_err(|_| damaged())?;
        let pair = KeyPair::try_from(parts.key.as_slice())?;
        let certificate = CertificateDer::from(parts.certificate);
        Authority::of(params(&parts.name, day), pair, certificate)
    }

    fn of(
        own: CertificateParams,
        pair: KeyPair,
        certificate: CertificateDer<'static>,
    ) -> Result<Authority, AuthorityError> {
        Ok(Authority {
            issuer: Issuer::new(own, pair),
            certificate,
            leaf_key: KeyPair::generate()?,
            made: Mutex::default(),
        })
    }

    /// The certificate that devices are to trust, in DER.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        self.certificate.as_ref()
    }

    /// How a host is spoken for, today.
    pub(super) fn speak_for(
        &self,
        host: &str,
        today: Date,
    ) -> Result<Arc<ServerConfig>, AuthorityError> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((config, _)) = made.get(host).filter(|(_, until)| *until > today) {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(self.make_for(host, today)?);
        if made.len() >= HOSTS_MAX {
            made.clear();
        }
        // Made anew a week before it ends.
        let until = plus_days(today, LEAF_DAYS - 7);
        made.insert(host.to_owned(), (Arc::clone(&config), until));
        Ok(config)
    }

    fn make_for(&self, host: &str, today: Date) -> Result<ServerConfig, AuthorityError> {
        let mut leaf = CertificateParams::new(vec![host.to_owned()])?;
        let mut name = DistinguishedName::new();
        // A common name has at most 64 letters; what counts is the name above.
        name.push(
            DnType::CommonName,
            host.chars().take(64).collect::<String>(),
        );
        leaf.distinguished_name = name;
        // Clocks of devices may be a day behind.
        leaf.not_before = at!(minus_days(today, 1));
        leaf.not_after = at!(plus_days(today, LEAF_DAYS));
        leaf.use_authority_key_identifier_extension = true;
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let signed = leaf.signed_by(&self.leaf_key, &self.issuer)?;
        let key = PrivatePkcs8KeyDer::from(self.leaf_key.serialize_der());
        let chain = vec![signed.der().clone(), self.certificate.clone()];
        let mut config = ServerConfig::builder_with_provider(crate::dns::provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::Pkcs8(key))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

#[derive(serde::Deserialize)]
struct Parts {
    name: String,
    day: String,
    certificate: Vec<u8>,
    key: Vec<u8>,
}

fn params(name: &str, day: Date) -> CertificateParams {
    let mut own = CertificateParams::default();
    let mut full = DistinguishedName::new();
    full.push(DnType::CommonName, format!("{name}: filter"));
    full.push(DnType::OrganizationName, name);
    own.distinguished_name = full;
    own.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    own.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    own.not_before = at!(minus_days(day, 1));
    let end = Date::new(day.year().saturating_add(YEARS), 1, 1);
    own.not_after = at!(end.unwrap_or(day));
    own.serial_number = Some(SerialNumber::from(1_u64));
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_kept_sealed_and_never_replaced_when_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("authority");
        let now = Moment::on(jiff::civil::date(2026, 11, 25), 12, 0);
        let made = Authority::begin(&path, &[1; 32], "Larch Nursery", now).unwrap();
        let again = Authority::begin(&path, &[1; 32], "Larch Nursery", now).unwrap();
        assert_eq!(made.certificate(), again.certificate());
        assert!(Authority::begin(&path, &[2; 32], "Larch Nursery", now).is_err());
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(5).any(|part| part == b"Larch"));
        let mut changed = bytes.clone();
        changed[60] ^= 1;
        fs::write(&path, &changed).unwrap();
        assert!(Authority::begin(&path, &[1; 32], "Larch Nursery", now).is_err());
        assert_eq!(fs::read(&path).unwrap(), changed);
    }
}
