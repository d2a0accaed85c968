//! Which Chromium, Chrome or Edge of this machine is used. The build's own commands read this file too, so that both
//! always speak of the same program. It knows nothing but the standard library.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The variable that names another program.
pub const VARIABLE: &str = "HANDRAIL_BROWSER";

/// Names on the path, the free ones first, then where macOS keeps them.
const PROGRAMS: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/// The browser of this machine: the named one, else the first that is there.
#[must_use]
pub fn find() -> Option<PathBuf> {
    find_among(env::var_os(VARIABLE), env::var_os("PATH"))
}

/// The same with the two variables given.
#[must_use]
pub fn find_among(named: Option<OsString>, path: Option<OsString>) -> Option<PathBuf> {
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = path.iter().flat_map(env::split_paths).collect();
    let candidates = |name: &&str| -> Vec<PathBuf> {
        if Path::new(name).is_absolute() {
            return vec![PathBuf::from(name)];
        }
        folders.iter().map(|folder| folder.join(name)).collect()
    };
    PROGRAMS.iter().flat_map(candidates).find(|file| file.is_file() && !is_snap(file))
}

/// A snap sees neither our temporary folders nor the two pipes it would be driven through.
fn is_snap(file: &Path) -> bool {
    let real = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let in_snap = real.starts_with("/snap") || real == Path::new("/usr/bin/snap");
    // Ubuntu's package is a few lines of shell that start the snap; a real one is too large to be read.
    let small = fs::metadata(&real).is_ok_and(|about| about.len() < 16_384);
    in_snap || (small && fs::read(&real).is_ok_and(|bytes| contains(&bytes, b"/snap/bin/")))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files in it.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = env::temp_dir().join(format!("handrail-programs-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (file, content) in files {
            fs::write(folder.join(file), content).unwrap();
        }
        folder
    }

    #[test]
    fn the_named_program_is_used_whatever_else_is_there() {
        let found = find_among(Some("/opt/mine".into()), None);
        assert_eq!(found, Some(PathBuf::from("/opt/mine")));
    }

    #[test]
    fn the_first_known_name_on_the_path_is_used_and_a_snap_is_passed_over() {
        let one = folder("one", &[("chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n")]);
        let two = folder("two", &[("google-chrome", "#!/bin/sh\n"), ("microsoft-edge", "#!/bin/sh\n")]);
        let path = env::join_paths([&one, &two]).unwrap();
        let found = find_among(Some(OsString::new()), Some(path));
        fs::remove_dir_all(&one).unwrap();
        fs::remove_dir_all(&two).unwrap();
        assert_eq!(found, Some(two.join("google-chrome")));
    }
}
