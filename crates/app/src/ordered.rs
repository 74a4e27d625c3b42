//! Work spread over threads, its results taken in the order of the inputs.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Make jobs with `source`, do them with `work` on so many threads, and hand the results to `sink` in the order of the jobs.
///
/// Channels are bounded, so that no more than a few jobs a thread are in memory. `source` gets a function that takes a job
/// and says whether more are wanted; `sink` may break off.
pub(crate) fn ordered<J: Send, R: Send>(
    threads: usize,
    source: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    work: impl Fn(J) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) {
    let threads = threads.max(1);
    let (jobs, todo) = sync_channel::<(J, SyncSender<R>)>(threads);
    let (queue, turns) = sync_channel::<Receiver<R>>(threads * 4);
    let todo = Mutex::new(todo);
    thread::scope(|scope| {
        scope.spawn(move || {
            source(&mut |job| {
                let (done, turn) = sync_channel(1);
                queue.send(turn).is_ok() && jobs.send((job, done)).is_ok()
            });
        });
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = todo.lock().expect("nobody panics while holding it").recv();
                    let Ok((job, done)) = next else { break };
                    // A result that nobody waits for any more is dropped.
                    let _ = done.send(work(job));
                }
            });
        }
        for turn in turns {
            let Ok(result) = turn.recv() else { break };
            if sink(result).is_break() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let mut seen = Vec::new();
        ordered(
            3,
            |job| (0..100_u64).for_each(|n| assert!(job(n))),
            |n| {
                thread::sleep(std::time::Duration::from_micros((100 - n) * 10));
                n
            },
            |n| {
                seen.push(n);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn breaking_off_stops_the_source() {
        let mut seen = 0;
        let endless = |job: &mut dyn FnMut(u64) -> bool| while job(1) {};
        ordered(
            2,
            endless,
            |n| n,
            |_| {
                seen += 1;
                if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 5);
    }
}
