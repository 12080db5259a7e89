//! Embeds the packed client (see scripts/pack-client.mjs) into the program, so that one file is all
//! there is to deploy. Without a packed client the program is built all the same and says so when
//! it serves.

#![expect(
    clippy::expect_used,
    reason = "a build script has nobody to return an error to"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=VESTIBULE_CLIENT_DIR");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"))
        .join("embedded_client.rs");
    let mut code = String::from("&[\n");
    if let Some(folder) = env::var_os("VESTIBULE_CLIENT_DIR").map(PathBuf::from) {
        println!(
            "cargo::rerun-if-changed={}",
            folder.join("manifest.json").display()
        );
        if let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) {
            let manifest: serde_json::Value =
                serde_json::from_str(&manifest).expect("manifest.json is JSON");
            for (name, entry) in manifest.as_object().expect("manifest.json is an object") {
                add(&mut code, &folder, name, entry);
            }
        }
    }
    code.push(']');
    fs::write(out, code).expect("OUT_DIR can be written");
}

fn add(code: &mut String, folder: &Path, name: &str, entry: &serde_json::Value) {
    let path = entry["path"].as_str().expect("an entry has a path");
    let content_type = entry["content_type"]
        .as_str()
        .expect("an entry has a content type");
    let include = |suffix: &str| {
        let file = folder.join(format!("{path}{suffix}"));
        if file.exists() {
            format!("Some(include_bytes!({file:?}))")
        } else {
            "None".to_owned()
        }
    };
    let plain = folder.join(path);
    writeln!(
        code,
        "EmbeddedFile {{ name: {name:?}, path: {path:?}, content_type: {content_type:?}, plain: include_bytes!({plain:?}), \
         brotli: {}, gzip: {} }},",
        include(".br"),
        include(".gz"),
    )
    .expect("writing to a string");
}
