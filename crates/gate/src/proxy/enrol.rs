//! The page by which a device comes to trust the setting's own authority, in clear words, and the
//! file that does it for an iPad; and the page that shows whether it worked.

use super::{authority::Authority, closed};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use hyper::{Response, StatusCode};
use sha2::{Digest, Sha256};

/// The host that the proxy answers for itself.
pub(super) const HOST: &str = "stairgate.internal";

/// Where the page is for whoever asks the proxy by its address.
pub(super) const PATH: &str = "/stairgate";

/// The file for an iPad or a Mac.
pub(super) const APPLE_PATH: &str = "/stairgate-authority.mobileconfig";

/// What is shown for a path of the proxy's own. `trusted`: the device asked under our authority.
pub(super) fn answer(
    authority: Option<&Authority>,
    path: &str,
    proxy: &str,
    trusted: bool,
) -> Response<closed::Body> {
    let Some(authority) = authority else {
        return closed::words(StatusCode::NOT_FOUND, "there is no authority here");
    };
    match path {
        super::authority::PATH => closed::say(
            StatusCode::OK,
            "application/x-x509-ca-cert",
            authority.certificate().to_vec(),
        ),
        APPLE_PATH => closed::say(
            StatusCode::OK,
            "application/x-apple-aspen-config",
            apple(authority.certificate()),
        ),
        _ if trusted => closed::page(
            StatusCode::OK,
            closed::framed(
                "This device is set up",
                "<p>It trusts our filter. What it shows can be looked at where our policy says so: never banks, health, or public services.</p><p>You can close this page.</p>",
            ),
        ),
        _ => closed::page(
            StatusCode::OK,
            closed::framed(
                "Set up this device for our filter",
                &steps(authority.certificate(), proxy),
            ),
        ),
    }
}

fn steps(certificate: &[u8], proxy: &str) -> String {
    let print: Vec<String> = Sha256::digest(certificate)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let proxy = closed::escaped(proxy);
    format!(
        "<p>Only for devices that belong to us. Ask whoever looks after our devices before you do this on one of your own: you don’t have to.</p>\
         <h2>What it does</h2><p>Most pages are encrypted, so our filter sees which site is opened and not what it shows. With our certificate on a device, the filter can open pages for children, judge what they say, and close pages of harm. It never looks into banks, health, or public services. The filter keeps what was closed and why; it keeps no pages and no passwords.</p>\
         <h2>1. Use our filter</h2><p>In the network settings choose an automatic proxy, with this address: <code>http://{proxy}/proxy.pac</code></p>\
         <h2>2. Trust our certificate</h2>\
         <h3>iPad, iPhone or Mac</h3><ol><li>Open in Safari: <a href=\"{APPLE_PATH}\">the file for Apple devices</a>, and allow it.</li><li>Settings, General, VPN &amp; Device Management: install it.</li><li>Settings, General, About, Certificate Trust Settings: turn it on.</li></ol>\
         <h3>Android</h3><ol><li><a href=\"{crt}\">Get the certificate</a>.</li><li>Settings, Security, More security settings, Install a certificate, CA certificate.</li><li>Choose the file. Some apps don’t use certificates that people add; they are led on without being looked into.</li></ol>\
         <h3>Windows</h3><ol><li><a href=\"{crt}\">Get the certificate</a> and open it.</li><li>Install Certificate, Local Machine, Place all certificates in: Trusted Root Certification Authorities.</li></ol>\
         <h3>Chromebook or Linux</h3><ol><li><a href=\"{crt}\">Get the certificate</a>.</li><li>In the browser: Settings, Privacy and security, Security, Manage certificates, Authorities, Import.</li></ol>\
         <h2>3. Check</h2><p><a href=\"https://{HOST}/\">See whether it worked</a>. If you get a warning instead of a page, go back to step 2.</p>\
         <p>The fingerprint (SHA-256) of the certificate: <code>{print}</code></p>",
        crt = super::authority::PATH,
        print = print.join(" "),
    )
}

/// The file that Apple's devices take.
fn apple(certificate: &[u8]) -> String {
    let sum: [u8; 32] = Sha256::digest(certificate).into();
    let id = |salt: u8| {
        let hex: Vec<String> = sum
            .iter()
            .take(16)
            .map(|byte| format!("{:02X}", byte ^ salt))
            .collect();
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().concat();
        format!(
            "{}-{}-{}-{}-{}",
            part(0, 4),
            part(4, 6),
            part(6, 8),
            part(8, 10),
            part(10, 16)
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\"><dict>\n\
         <key>PayloadContent</key><array><dict>\n\
         <key>PayloadType</key><string>com.apple.security.root</string>\n\
         <key>PayloadVersion</key><integer>1</integer>\n\
         <key>PayloadIdentifier</key><string>internal.stairgate.filter.authority</string>\n\
         <key>PayloadUUID</key><string>{inner}</string>\n\
         <key>PayloadDisplayName</key><string>Stairgate filter</string>\n\
         <key>PayloadContent</key><data>{data}</data>\n\
         </dict></array>\n\
         <key>PayloadType</key><string>Configuration</string>\n\
         <key>PayloadVersion</key><integer>1</integer>\n\
         <key>PayloadIdentifier</key><string>internal.stairgate.filter</string>\n\
         <key>PayloadUUID</key><string>{outer}</string>\n\
         <key>PayloadDisplayName</key><string>Stairgate filter</string>\n\
         <key>PayloadDescription</key><string>Lets the filter of your setting look at pages where its policy says so.</string>\n\
         </dict></plist>\n",
        inner = id(0),
        outer = id(0x5a),
        data = BASE64_STANDARD.encode(certificate),
    )
}
