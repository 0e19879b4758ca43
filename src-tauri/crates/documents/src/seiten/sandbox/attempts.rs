//! Ways out of the sandbox, tried to show that they are closed.

use std::{env, fs, io, net, path::PathBuf, process::Command, thread};

/// What an attempt needs and could not find out from inside.
pub(super) struct Attempts {
    own_program: PathBuf,
    written: PathBuf,
    /// Somebody who would take a call.
    listener: Option<net::SocketAddr>,
    // Keeps the port open.
    _listening: Option<net::TcpListener>,
}

/// Before the sandbox.
pub(super) fn prepare() -> Attempts {
    let listening = net::TcpListener::bind((net::Ipv4Addr::LOCALHOST, 0)).ok();
    Attempts {
        own_program: env::current_exe().unwrap_or_default(),
        written: env::temp_dir().join(format!("kontor-seiten-{}", std::process::id())),
        listener: listening.as_ref().and_then(|listening| listening.local_addr().ok()),
        _listening: listening,
    }
}

impl Attempts {
    /// Tries every way out, prints what came of it, and says how many were open.
    pub(super) fn open_ways(&self) -> usize {
        let address = self.listener.unwrap_or(net::SocketAddr::from(([127, 0, 0, 1], 9)));
        let ways: [(&str, &dyn Fn() -> io::Result<()>); 8] = [
            ("read a file", &|| fs::read(&self.own_program).map(drop)),
            ("list a folder", &|| fs::read_dir("/").map(drop)),
            ("read the process table", &|| fs::read("/proc/self/environ").map(drop)),
            ("write a file", &|| fs::write(&self.written, "x")),
            ("connect", &|| net::TcpStream::connect(address).map(drop)),
            ("listen", &|| net::TcpListener::bind((net::Ipv4Addr::LOCALHOST, 0)).map(drop)),
            ("send a datagram", &|| net::UdpSocket::bind((net::Ipv4Addr::LOCALHOST, 0)).map(drop)),
            ("start a program", &|| Command::new(&self.own_program).spawn().map(drop)),
        ];
        let mut open = 0;
        for (name, way) in ways {
            let outcome = way();
            open += usize::from(outcome.is_ok());
            say(name, outcome);
        }
        // Its failure is an error here and not a panic only with a builder.
        let thread = thread::Builder::new().spawn(|| ());
        open += usize::from(thread.is_ok());
        say("start a thread", thread.map(drop));
        open
    }
}

fn say(name: &str, outcome: io::Result<()>) {
    match outcome {
        Ok(()) => println!("open: {name}"),
        Err(error) => println!("closed: {name} ({})", error.kind()),
    }
}
