/// The BPF programs of bpf/attach.bpf.c, by what they are attached to.
enum ProbeProgram: String {
    case functionEntry = "function_entry"
    /// At the kernel's return trampoline.
    case functionReturn = "function_return"
    /// At an instruction that leaves the function.
    case functionExitSite = "function_exit_site"
    case threadExit = "thread_exit"
    case processExec = "process_exec"
}
