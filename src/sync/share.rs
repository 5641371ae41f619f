//! Guessing whether a folder lies on another machine: changes there are told to nobody here, so it has to be listed again and again.

use std::path::{Component, Path, Prefix};

/// File systems that bring files from elsewhere: from another machine, or from the host of a virtual one.
const REMOTE: [&str; 21] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "drvfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// The kind of network share that `path` lies on, in words; `None` when it lies on this machine or nothing can be found out. Known on
/// Linux from the mounted file systems, on Windows from `\\server\…`.
pub fn network_share(path: &Path) -> Option<String> {
    if let Some(Component::Prefix(prefix)) = path.components().next()
        && matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    {
        return Some("a Windows share".to_owned());
    }
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let full = std::fs::canonicalize(path).ok()?;
    let kind = file_system(&mounts, &full)?;
    REMOTE
        .contains(&kind)
        .then(|| format!("a network share ({kind})"))
}

/// The type of the file system that `path` (absolute, free of links) lies on, from the text of `/proc/self/mountinfo` (format: proc(5)):
/// of the mount points above it the longest, of equal ones the last, which covers the earlier.
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (before, after) = line.split_once(" - ")?;
        let point = unescape(before.split(' ').nth(4)?);
        let depth = Path::new(&point).components().count();
        let kind = after.split(' ').next()?;
        path.starts_with(&point).then_some((depth, kind))
    };
    let above = mounts.lines().filter_map(mount);
    above.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// Blanks, tabs, line ends and backslashes in mount points are written as three octal digits.
fn unescape(text: &str) -> String {
    let codes = [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ];
    let replace = |text: String, (code, plain): (&str, &str)| text.replace(code, plain);
    codes.into_iter().fold(text.to_owned(), replace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /srv/rounds rw shared:20 - ext4 /dev/sdb1 rw
41 40 0:36 / /srv/rounds rw shared:21 - nfs4 server:/rounds rw,vers=4.2
42 22 0:37 / /mnt/my\\040share rw - cifs //server/share rw
43 41 0:38 / /srv/rounds/local rw - tmpfs tmpfs rw
";

    #[test]
    fn the_innermost_and_latest_mount_counts() {
        let kind = |path: &str| file_system(MOUNTS, Path::new(path));
        assert_eq!(kind("/home/me"), Some("ext4"));
        assert_eq!(kind("/srv/rounds/april"), Some("nfs4"));
        assert_eq!(kind("/srv/rounds/local/x"), Some("tmpfs"));
        assert_eq!(kind("/srv/rounds2"), Some("ext4"));
        assert_eq!(kind("/mnt/my share"), Some("cifs"));
        assert_eq!(file_system("", Path::new("/")), None);
        assert!(REMOTE.contains(&"nfs4") && !REMOTE.contains(&"tmpfs"));
    }
}
