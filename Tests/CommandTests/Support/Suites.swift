import TestSupport
import Testing

/// What is counted, and that the programs do not notice.
///
/// The suites within run side by side, the tests of each one after the other: attaching is mostly
/// waiting for the kernel, and two cores should not run fifty measurements at once.
@Suite(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
enum Counting {}

/// How a measurement starts, goes on and ends, and what it writes.
@Suite(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
enum Attaching {}

/// Durations: the machine should have little else to do.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
enum Timing {}

/// What is sampled: one recording at a time, since the machine should have little else to do.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
enum Sampling {}
