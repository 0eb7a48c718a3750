//! The real server process.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// So long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const LAST_WORDS: usize = 30;

/// See the module. Killed when it is dropped.
pub struct Office {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    log: Arc<Mutex<VecDeque<String>>>,
}

/// A server that has been started and may not serve yet.
pub struct Starting {
    child: Child,
    address: mpsc::Receiver<SocketAddr>,
    log: Arc<Mutex<VecDeque<String>>>,
}

impl Starting {
    /// Starts one; `command` says with what.
    pub fn spawn(command: &mut Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).env("NO_COLOR", "1");
        let mut child = command.spawn().expect("the server starts");
        let lines = BufReader::new(child.stderr.take().expect("a log")).lines();
        let log = Arc::new(Mutex::new(VecDeque::new()));
        let (tell, address) = mpsc::channel();
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(url) = line.split("serving on http://").nth(1) {
                    let _ = tell.send(url.trim().parse().expect("an address"));
                }
                let mut kept = kept.lock().unwrap();
                kept.push_back(line);
                if kept.len() > LAST_WORDS {
                    kept.pop_front();
                }
            }
        });
        Self { child, address, log }
    }

    /// Waits until it serves.
    pub fn serves(mut self) -> Office {
        match self.address.recv_timeout(PATIENCE) {
            Ok(address) => Office { child: self.child, address, log: self.log },
            Err(why) => {
                self.kill();
                panic!("the server does not serve ({why}):\n{}", words(&self.log));
            }
        }
    }

    /// SIGKILL, whether it serves or not.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Office {
    /// SIGKILL: nothing is finished, nothing is said.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its address as a URL.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it said last.
    pub fn last_words(&self) -> String {
        words(&self.log)
    }
}

fn words(log: &Mutex<VecDeque<String>>) -> String {
    log.lock().unwrap().iter().cloned().collect::<Vec<_>>().join("\n")
}

impl Drop for Office {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            println!("the server's last words:\n{}", self.last_words());
        }
    }
}
