//! Computers and phones, their browsers and the user agents that fit them.

use crate::guid::Guid;
use crate::offices::OFFICES;
use crate::random::Random;

/// The operating systems of the tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Platform {
    Windows,
    Mac,
    Linux,
    Iphone,
    Android,
}

/// The name of a client in `deviceDetail.browser`, and its user agent.
pub(crate) struct Client {
    pub browser: &'static str,
    pub user_agent: &'static str,
}

const fn client(browser: &'static str, user_agent: &'static str) -> Client {
    Client {
        browser,
        user_agent,
    }
}

/// A computer or a phone.
pub(crate) struct Device {
    pub id: Guid,
    pub name: String,
    pub platform: Platform,
    pub operating_system: &'static str,
    /// `Azure AD joined`, `Hybrid Azure AD joined`, `Azure AD registered`, or empty when the
    /// directory does not know the device.
    pub trust_type: &'static str,
    pub is_compliant: bool,
    pub is_managed: bool,
    /// The browser its owner uses.
    pub browser: &'static Client,
    /// What its apps announce.
    pub rich_client: &'static Client,
}

static WINDOWS_BROWSERS: [(u32, Client); 4] = [
    (
        60,
        client(
            "Edge 139.0.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
        ),
    ),
    (
        12,
        client(
            "Edge 138.0.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
        ),
    ),
    (
        20,
        client(
            "Chrome 139.0.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
        ),
    ),
    (
        8,
        client(
            "Firefox 142.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0",
        ),
    ),
];
static MAC_BROWSERS: [(u32, Client); 3] = [
    (
        50,
        client(
            "Safari 18.6",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
        ),
    ),
    (
        35,
        client(
            "Chrome 139.0.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
        ),
    ),
    (
        15,
        client(
            "Edge 139.0.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
        ),
    ),
];
static LINUX_BROWSERS: [(u32, Client); 2] = [
    (
        60,
        client(
            "Firefox 142.0",
            "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
        ),
    ),
    (
        40,
        client(
            "Chrome 139.0.0",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
        ),
    ),
];
static IPHONE_BROWSERS: [(u32, Client); 2] = [
    (
        80,
        client(
            "Mobile Safari 18.6",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        ),
    ),
    (
        20,
        client(
            "Edge 138.0.3351",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/138.0.3351.109 Mobile/15E148 Safari/604.1",
        ),
    ),
];
static ANDROID_BROWSERS: [(u32, Client); 2] = [
    (
        75,
        client(
            "Chrome Mobile 139.0.0",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
        ),
    ),
    (
        25,
        client(
            "Edge 138.0.0",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36 EdgA/138.0.0.0",
        ),
    ),
];
static WINDOWS_RICH: Client = client(
    "Rich Client 4.74.1.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; WebView/3.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.102 Safari/537.36 Edge/18.26100",
);
static MAC_RICH: Client = client(
    "Rich Client 4.69.0.0",
    "Microsoft Office/16.100 (Macintosh; Mac OS X 15.6; MacIntel) MSAL/1.7.2",
);
static LINUX_RICH: Client = client("Rich Client 1.33.0.0", "python-requests/2.32.4");
static IPHONE_RICH: Client = client(
    "Mobile Safari",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 PKeyAuth/1.0",
);
static ANDROID_RICH: Client = client(
    "Chrome Mobile WebView 139.0.7258",
    "Dalvik/2.1.0 (Linux; U; Android 15; Pixel 8 Build/BP1A.250505.005) PKeyAuth/1.0",
);

/// What a command-line tool announces.
pub(crate) static COMMAND_LINE: Client = client("Rich Client 1.33.0.0", "python-requests/2.32.4");

impl Device {
    /// A computer of somebody in an office.
    pub(crate) fn workstation(random: &mut Random, office: usize, number: usize) -> Self {
        let platform = *random.weighted(&[
            (74, Platform::Windows),
            (20, Platform::Mac),
            (6, Platform::Linux),
        ]);
        let (operating_system, browser, rich_client) = match platform {
            Platform::Mac => ("MacOs", random.weighted(&MAC_BROWSERS), &MAC_RICH),
            Platform::Linux => ("Linux", random.weighted(&LINUX_BROWSERS), &LINUX_RICH),
            _ => (
                if random.chance(0.3) {
                    "Windows11"
                } else {
                    "Windows10"
                },
                random.weighted(&WINDOWS_BROWSERS),
                &WINDOWS_RICH,
            ),
        };
        let trust_type = match platform {
            Platform::Windows => *random.weighted(&[
                (62, "Azure AD joined"),
                (30, "Hybrid Azure AD joined"),
                (8, ""),
            ]),
            Platform::Mac => *random.weighted(&[(80, "Azure AD registered"), (20, "")]),
            _ => "",
        };
        let is_managed = !trust_type.is_empty() && random.chance(0.96);
        let letter = match platform {
            Platform::Windows => 'W',
            Platform::Mac => 'M',
            _ => 'X',
        };
        Self {
            id: random.guid(),
            name: format!("{}-{letter}{:05}", OFFICES[office].code, 10_000 + number),
            platform,
            operating_system,
            trust_type,
            is_compliant: is_managed && random.chance(0.95),
            is_managed,
            browser,
            rich_client,
        }
    }

    /// A phone, named after its owner's given name.
    pub(crate) fn phone(random: &mut Random, given_name: &str) -> Self {
        let is_iphone = random.chance(0.6);
        let is_managed = random.chance(0.7);
        Self {
            id: random.guid(),
            name: if is_iphone {
                format!("iPhone ({given_name})")
            } else {
                format!("{given_name}_AndroidForWork")
            },
            platform: if is_iphone {
                Platform::Iphone
            } else {
                Platform::Android
            },
            operating_system: match (is_iphone, random.below(3)) {
                (true, 0) => "Ios 17.7",
                (true, _) => "Ios 18.6",
                (false, 0) => "Android 14",
                (false, _) => "Android 15",
            },
            trust_type: if is_managed {
                "Azure AD registered"
            } else {
                ""
            },
            is_compliant: is_managed && random.chance(0.93),
            is_managed,
            browser: if is_iphone {
                random.weighted(&IPHONE_BROWSERS)
            } else {
                random.weighted(&ANDROID_BROWSERS)
            },
            rich_client: if is_iphone {
                &IPHONE_RICH
            } else {
                &ANDROID_RICH
            },
        }
    }

    /// Whether the directory knows the device, so that its id and name appear in records.
    pub(crate) fn is_known(&self) -> bool {
        !self.trust_type.is_empty()
    }

    pub(crate) fn is_phone(&self) -> bool {
        matches!(self.platform, Platform::Iphone | Platform::Android)
    }
}
