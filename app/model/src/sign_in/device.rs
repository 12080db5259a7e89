//! The device a sign-in came from.

record! {
    /// Device and browser (`deviceDetail`). A missing `is_compliant` is not the same as `false`.
    pub struct DeviceDetail {
        /// Object id of the device in the directory; missing for unregistered devices.
        pub device_id: Option<String> = "deviceId",
        /// Name of the device.
        pub display_name: Option<String> = "displayName",
        /// Operating system; the spelling differs by source (`Windows 10`, `Windows10`).
        pub operating_system: Option<String> = "operatingSystem",
        /// Browser with version, or `Rich Client …`.
        pub browser: Option<String> = "browser",
        /// Id of the browser (beta).
        pub browser_id: Option<String> = "browserId",
        /// Whether the device meets the compliance policies.
        pub is_compliant: Option<bool> = "isCompliant",
        /// Whether the device is managed.
        pub is_managed: Option<bool> = "isManaged",
        /// How the device is joined, such as `Hybrid Azure AD joined`; "Join Type" in the portal.
        pub trust_type: Option<String> = "trustType",
    }
}
