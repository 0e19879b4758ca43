//! What a thousand desks cost that only listen.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::table::{Row, Table};

const DESKS: usize = 1_000;
const WATCHED: Duration = Duration::from_secs(20);

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(folder.path())?;
    // A few come and go first, so that what every process needs once is not counted.
    let warm = server.listen(50)?;
    drop(warm);
    thread::sleep(Duration::from_secs(1));
    let before = server.memory_kib()?;
    let alone = server.busy_share()?;
    let desks = server.listen(DESKS)?;
    thread::sleep(Duration::from_secs(1));
    let after = server.memory_kib()?;
    let share = server.busy_share()?;
    drop(desks);
    #[expect(clippy::cast_precision_loss, reason = "kibibytes of one process")]
    let each = after.saturating_sub(before) as f64 / DESKS as f64;
    // Two sockets' worth of kernel memory is not in these figures; it is the same for everybody.
    table.row(&Row {
        name: "one idle connected desk, memory of the Zentrale",
        ours: format!("{each:.1} KiB"),
        raw: "0 KiB (nobody there)".into(),
        ratio: None,
        aim: "≤ 20 KiB",
        reached: each <= 20.0,
    });
    table.row(&Row {
        name: "1,000 idle connected desks, processor",
        ours: format!("{share:.2} % of one core"),
        raw: format!("{alone:.2} % (nobody there)"),
        ratio: None,
        aim: "< 1 % more",
        reached: share - alone < 1.0,
    });
    Ok(())
}

struct Server {
    process: Child,
    address: String,
    token: String,
}

impl Server {
    fn start(folder: &std::path::Path) -> anyhow::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(format!("--serve={}", folder.display()))
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let (url, token) =
            line.trim().split_once(' ').ok_or_else(|| anyhow::anyhow!("no address"))?;
        let address = url.trim_start_matches("http://").to_owned();
        Ok(Self { process, address, token: token.to_owned() })
    }

    /// Opens live connections and waits until each has been answered.
    fn listen(&self, count: usize) -> anyhow::Result<Vec<TcpStream>> {
        (0..count)
            .map(|_| {
                let mut stream = TcpStream::connect(&self.address)?;
                write!(
                    stream,
                    "GET {} HTTP/1.1\r\nHost: kontor\r\nAuthorization: Bearer {}\r\n{}: {}\r\nAccept: text/event-stream\r\n\r\n",
                    kontor_wire::path::LIVE,
                    self.token,
                    kontor_wire::PROTOCOL_HEADER,
                    kontor_wire::PROTOCOL,
                )?;
                let mut head = [0; 12];
                stream.read_exact(&mut head)?;
                anyhow::ensure!(head.ends_with(b"200"), "{}", String::from_utf8_lossy(&head));
                Ok(stream)
            })
            .collect()
    }

    fn memory_kib(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.ok_or_else(|| anyhow::anyhow!("no memory figure"))?.parse()?)
    }

    /// How much of one core it uses, in percent, watched for a while.
    fn busy_share(&self) -> anyhow::Result<f64> {
        let begin = self.cpu_ticks()?;
        thread::sleep(WATCHED);
        let ticks = u32::try_from(self.cpu_ticks()? - begin)?;
        // A tick is a hundredth of a second.
        Ok(f64::from(ticks) / WATCHED.as_secs_f64())
    }

    /// User and system time in hundredths of a second.
    fn cpu_ticks(&self) -> anyhow::Result<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let (_, fields) = stat.rsplit_once(')').ok_or_else(|| anyhow::anyhow!("no times"))?;
        let times: Vec<u64> =
            fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        Ok(times.iter().sum())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
