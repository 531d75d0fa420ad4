// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks the functions worth seeing in a profile: the optimizer leaves them as they are written.
#define KV_VISIBLE __attribute__((noinline))
