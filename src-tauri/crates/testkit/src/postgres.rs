//! A throw-away PostgreSQL from Debian's packages, alone for one test process.
//!
//! The system's own cluster is never touched: the server runs on a socket in a folder of its own,
//! with no TCP port, so tests run side by side and nothing is left behind. A small shell process
//! stands between us and the server. It sees the end of its input when the test process ends,
//! however that happens, and then stops the server and removes the folder.

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader, Write},
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Output, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
        mpsc::{self, Receiver},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use thiserror::Error;

/// Where Debian puts the server programs, one folder per major version.
const DEBIAN_VERSIONS: &str = "/usr/lib/postgresql";
/// Every user may enter it, also the one that the server runs as; short enough for a socket path.
const SCRATCH: &str = "/tmp/kontor-postgres-XXXXXXXX";
/// The only user of a test cluster.
const USER: &str = "kontor";
/// Generous: a cold disk on a busy machine, not the usual half second.
const START_SECONDS_MAX: u64 = 60;
/// Lines of the server's log that an error quotes.
const LOG_LINES_MAX: usize = 20;

/// `$1` is the folder of the cluster, the rest starts the server. Signals to the terminal's
/// process group are ignored here, or an interrupted test would leave the server running.
const KEEPER: &str = r#"
trap '' INT HUP TERM
dir=$1; shift
"$@" </dev/null &
server=$!
exec 2>/dev/null
read -r order || order=remove
if [ "$order" = kill ]; then
    kill -KILL "$server"
    wait "$server"
    exit 0
fi
kill -QUIT "$server"
wait "$server"
rm -rf "$dir"
"#;

/// Why there is no PostgreSQL for a test.
#[derive(Debug, Error)]
pub enum PostgresError {
    /// The server programs are not installed.
    #[error("PostgreSQL is missing: install the Debian package `postgresql` (tests/run does it)")]
    Missing,
    /// A program could not be run at all.
    #[error("cannot run {program}")]
    Spawn {
        /// The program that was to be run.
        program: String,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("{program} failed: {complaint}")]
    Failed {
        /// The program that failed.
        program: String,
        /// The end of what it printed.
        complaint: String,
    },
    /// The server did not come up.
    #[error("PostgreSQL did not start; its log ends with:\n{log}")]
    NotStarted {
        /// The last lines of the server's log.
        log: String,
    },
}

/// Whether the server waits for the disk. Only benchmarks need [`Fsync::On`]: killing the server
/// loses nothing without it, because the operating system lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fsync {
    /// As in production.
    On,
    /// Faster, and just as correct as long as only processes are killed.
    Off,
}

/// Creates an empty database in this process' shared cluster and returns its URL.
///
/// The URL names a Unix socket: `postgres://kontor@%2Ftmp%2F…/test_7`.
pub fn database() -> Result<String, PostgresError> {
    static SHARED: LazyLock<Result<Cluster, PostgresError>> =
        LazyLock::new(|| Cluster::start(Fsync::Off));
    match &*SHARED {
        Ok(cluster) => cluster.database(),
        Err(PostgresError::Missing) => Err(PostgresError::Missing),
        Err(error) => Err(PostgresError::NotStarted { log: error.to_string() }),
    }
}

/// A PostgreSQL of one's own, for tests that kill it. Stopped and removed when dropped.
#[derive(Debug)]
pub struct Cluster {
    programs: PathBuf,
    dir: PathBuf,
    fsync: Fsync,
    server: Option<Server>,
    databases: AtomicU32,
}

#[derive(Debug)]
struct Server {
    keeper: Child,
    /// Ends when the last process of the server has closed its log.
    log: JoinHandle<()>,
}

impl Cluster {
    /// Makes a new cluster in a new folder and waits until it takes connections.
    pub fn start(fsync: Fsync) -> Result<Self, PostgresError> {
        let programs = newest_programs().ok_or(PostgresError::Missing)?;
        let scratch = output(server_user("mktemp").args(["-d", SCRATCH]))?;
        let dir = PathBuf::from(String::from_utf8_lossy(&scratch.stdout).trim());
        let mut cluster = Self { programs, dir, fsync, server: None, databases: AtomicU32::new(0) };
        let initdb = cluster.programs.join("initdb");
        output(
            server_user(&initdb)
                .args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"])
                .args(["--username", USER, "--pgdata"])
                .arg(cluster.data()),
        )?;
        cluster.restart()?;
        Ok(cluster)
    }

    /// Creates an empty database and returns its URL.
    pub fn database(&self) -> Result<String, PostgresError> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed) + 1);
        output(
            Command::new(self.programs.join("psql"))
                .args(["--no-psqlrc", "--quiet", "--username", USER, "--dbname", "postgres"])
                .args(["--command", &format!("CREATE DATABASE {name}"), "--host"])
                .arg(&self.dir),
        )?;
        Ok(self.url(&name))
    }

    /// Kills the server as a power switch would and waits until its last process is gone.
    pub fn kill_9(&mut self) -> Result<(), PostgresError> {
        self.end(b"kill\n")
    }

    /// Starts the server again after [`Cluster::kill_9`]; the URLs stay valid.
    pub fn restart(&mut self) -> Result<(), PostgresError> {
        self.kill_9()?;
        let fsync = match self.fsync {
            Fsync::On => "fsync=on",
            Fsync::Off => "fsync=off",
        };
        let postgres = server_user(self.programs.join("postgres"));
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER, "keeper"]).arg(&self.dir);
        command.arg(postgres.get_program()).args(postgres.get_args());
        command.arg("-D").arg(self.data()).arg("-k").arg(&self.dir);
        for setting in [fsync, "listen_addresses=", "lc_messages=C", "max_connections=200"] {
            command.args(["-c", setting]);
        }
        let mut keeper = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .current_dir("/")
            .process_group(0)
            .spawn()
            .map_err(|source| PostgresError::Spawn { program: "sh".to_owned(), source })?;
        let (log, ready) = follow(keeper.stderr.take());
        self.server = Some(Server { keeper, log });
        let start = ready.recv_timeout(Duration::from_secs(START_SECONDS_MAX));
        start
            .unwrap_or_else(|_| Err("no answer in time".to_owned()))
            .map_err(|log| PostgresError::NotStarted { log })
    }

    fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    fn url(&self, database: &str) -> String {
        let host = self.dir.to_string_lossy().replace('/', "%2F");
        format!("postgres://{USER}@{host}/{database}")
    }

    /// Gives the keeper its last order; without one it stops the server and removes the folder.
    fn end(&mut self, order: &[u8]) -> Result<(), PostgresError> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        let failed = |source| PostgresError::Spawn { program: "keeper".to_owned(), source };
        if let Some(mut orders) = server.keeper.stdin.take() {
            orders.write_all(order).map_err(failed)?;
        }
        server.keeper.wait().map_err(failed)?;
        // A panic in the log reader has lost lines of a log, nothing that a test relies on.
        let _ = server.log.join();
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to tell; a folder in /tmp may stay behind.
        let _ = self.end(b"");
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Reads the log to its end; says once whether the server came up.
fn follow(log: Option<ChildStderr>) -> (JoinHandle<()>, Receiver<Result<(), String>>) {
    let (said, ready) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut lines = Vec::new();
        for line in
            log.into_iter().flat_map(|log| BufReader::new(log).lines()).map_while(Result::ok)
        {
            if line.contains("database system is ready to accept connections") {
                // The receiver may have given up waiting.
                let _ = said.send(Ok(()));
            }
            lines.push(line);
            if lines.len() > LOG_LINES_MAX {
                lines.remove(0);
            }
        }
        let _ = said.send(Err(lines.join("\n")));
    });
    (reader, ready)
}

/// The programs of the newest installed major version.
fn newest_programs() -> Option<PathBuf> {
    fs::read_dir(DEBIAN_VERSIONS)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| Path::new(DEBIAN_VERSIONS).join(version.to_string()).join("bin"))
        .filter(|programs| programs.join("initdb").exists())
}

/// PostgreSQL refuses to run as root, so root hands it to the user that Debian's package made.
fn server_user(program: impl AsRef<OsStr>) -> Command {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    // The user may not enter the folder that the test runs in.
    command.current_dir("/");
    command
}

fn output(command: &mut Command) -> Result<Output, PostgresError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| PostgresError::Spawn { program: program.clone(), source })?;
    if output.status.success() {
        return Ok(output);
    }
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(PostgresError::Failed { program, complaint })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn psql(url: &str, statement: &str) -> String {
        let mut command = Command::new(newest_programs().unwrap().join("psql"));
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", url]);
        let output = output(command.args(["--command", statement])).unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    #[test]
    fn two_databases_know_nothing_of_each_other() {
        let (here, there) = (database().unwrap(), database().unwrap());
        psql(&here, "CREATE TABLE akte (id int)");
        assert_eq!(psql(&here, "SELECT to_regclass('akte') IS NOT NULL"), "t");
        assert_eq!(psql(&there, "SELECT to_regclass('akte') IS NOT NULL"), "f");
    }

    #[test]
    fn a_commit_survives_the_kill() {
        let mut cluster = Cluster::start(Fsync::On).unwrap();
        let url = cluster.database().unwrap();
        psql(&url, "CREATE TABLE akte (id int); INSERT INTO akte VALUES (7)");
        cluster.kill_9().unwrap();
        let mut command = Command::new(newest_programs().unwrap().join("psql"));
        assert!(output(command.args(["--dbname", &url, "--command", "SELECT 1"])).is_err());
        cluster.restart().unwrap();
        assert_eq!(psql(&url, "SELECT id FROM akte"), "7");
        assert_eq!(psql(&url, "SHOW fsync"), "on");
    }

    #[test]
    fn nothing_is_left_of_a_dropped_cluster() {
        let cluster = Cluster::start(Fsync::Off).unwrap();
        let dir = cluster.dir.clone();
        assert!(dir.join("data/postmaster.pid").exists());
        drop(cluster);
        assert!(!dir.exists());
    }

    #[test]
    fn a_server_that_cannot_start_says_why() {
        let mut cluster = Cluster::start(Fsync::Off).unwrap();
        cluster.kill_9().unwrap();
        fs::remove_file(cluster.data().join("global/pg_control")).unwrap();
        let error = cluster.restart().unwrap_err().to_string();
        assert!(error.contains("pg_control"), "{error}");
    }
}
