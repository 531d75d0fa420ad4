#include "CInstructionSets.h"

#include <capstone/capstone.h>

/*
 * Capstone's table of instruction sets names the entry points of all, and so a static build would
 * have the decoders of all, 4 MB of them. The linker takes these instead.
 */
#define NOT_DECODED(set)                                                                           \
    cs_err set##_global_init(void *handle);                                                        \
    cs_err set##_option(void *handle, cs_opt_type type, size_t value);                             \
    cs_err set##_global_init(void *handle)                                                         \
    {                                                                                              \
        (void)handle;                                                                              \
        return CS_ERR_ARCH;                                                                        \
    }                                                                                              \
    cs_err set##_option(void *handle, cs_opt_type type, size_t value)                              \
    {                                                                                              \
        (void)handle, (void)type, (void)value;                                                     \
        return CS_ERR_ARCH;                                                                        \
    }

NOT_DECODED(AArch64)
NOT_DECODED(ARM)
NOT_DECODED(EVM)
NOT_DECODED(M680X)
NOT_DECODED(M68K)
NOT_DECODED(Mips)
NOT_DECODED(PPC)
NOT_DECODED(Sparc)
NOT_DECODED(SystemZ)
NOT_DECODED(TMS320C64x)
NOT_DECODED(XCore)
