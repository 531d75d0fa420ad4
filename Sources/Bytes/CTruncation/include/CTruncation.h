/// Files that are truncated while they are mapped.
#pragma once

/// From now on, a mapped page whose file has been truncated reads as zeros: without this, touching it
/// ends the program by SIGBUS. The first time, that is said on standard error.
void uprof_outlive_truncation(void);
