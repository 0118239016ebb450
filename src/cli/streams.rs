//! The two ways out: answers to standard output, talk to standard error.
//!
//! Floor 6. Nothing here panics (PROMISES 20): a reader that closes the pipe is no error, a full disk is one,
//! and talk that nobody can hear is let go, for it must never change what happens to money.

use std::io::{self, BufWriter, ErrorKind, Write};

/// Writes an answer to standard output, locked and buffered, in one go.
///
/// # Errors
/// Anything but a closed pipe: a full disk, an unwritable device.
pub fn deliver(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    deliver_to(io::stdout().lock(), write)
}

fn deliver_to(stream: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut buffered = BufWriter::new(stream);
    match write(&mut buffered).and_then(|()| buffered.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes one line of talk to standard error; one that cannot be written is let go.
pub fn talk(line: &str) {
    let mut whole = String::with_capacity(line.len().saturating_add(1));
    whole.push_str(line);
    whole.push('\n');
    // One write, so that lines of two processes do not mix. There is nobody left to tell about a failure.
    let _unheard = io::stderr().lock().write_all(whole.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that fails in one way.
    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        let answer = |out: &mut dyn Write| out.write_all(b"answer\n");
        assert!(deliver_to(Broken(ErrorKind::BrokenPipe), answer).is_ok());
        let full = deliver_to(Broken(ErrorKind::StorageFull), answer).expect_err("the disk is full");
        assert_eq!(full.kind(), ErrorKind::StorageFull);
        let mut kept = Vec::new();
        deliver_to(&mut kept, answer).expect("memory takes it");
        assert_eq!(kept, b"answer\n");
    }
}
