#include "confinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "LuaProtocol.h"

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

enum {
    // Bytes of address space on top of Lua's memory. The program and its libraries take 20 MiB. Two messages of
    // LUAPROTOCOL_MAXIMUM_MESSAGE would take 128 MiB; the limit on the size of values allows a quarter of that.
    ADDRESS_SPACE_BESIDE_LUA = 96 << 20,
    // Seconds of CPU time on top of the bridge's limit, so that the bridge stops a recipe before the kernel does.
    SECONDS_BESIDE_LUA = 2,
};

static bool limit(int resource, uint64_t value) {
    struct rlimit both = {(rlim_t)value, (rlim_t)value};
    return setrlimit((__rlimit_resource_t)resource, &both) == 0;
}

static bool set_limits(uint64_t memory, uint64_t cpu) {
    bool stands = limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_FSIZE, 0);
    if (memory) stands = limit(RLIMIT_AS, memory + ADDRESS_SPACE_BESIDE_LUA) && stands;
    if (cpu) stands = limit(RLIMIT_CPU, cpu / 1000000000 + SECONDS_BESIDE_LUA) && stands;
    // Forbids new descriptors. The open socket stays usable.
    return limit(RLIMIT_NOFILE, 0) && stands;
}

static bool drop_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/// Forbids all access to files with Landlock (Linux 5.13): the ruleset handles every access and has no rule that allows
/// any. The numbers come from the kernel's ABI, since headers of older systems lack them.
static bool close_files(void) {
    enum { CREATE_RULESET = 444, RESTRICT_SELF = 446, GET_VERSION = 1 };
    long version = syscall(CREATE_RULESET, NULL, 0, GET_VERSION);
    if (version < 1) return false;
    // ABI 1 has 13 rights for files; 2 added REFER, 3 TRUNCATE, 5 IOCTL_DEV. 4 added two rights for TCP, 6 two scopes.
    uint64_t files = version >= 5 ? 0xffff : version >= 3 ? 0x7fff : version >= 2 ? 0x3fff : 0x1fff;
    struct {
        uint64_t files, network, scopes;
    } rules = {files, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long ruleset = syscall(CREATE_RULESET, &rules, size, 0);
    if (ruleset < 0) return false;
    bool stands = syscall(RESTRICT_SELF, (int)ruleset, 0) == 0;
    close((int)ruleset);
    return stands;
}

#ifdef THIS_ARCHITECTURE
#define FIELD(name) (uint32_t)offsetof(struct seccomp_data, name)
#define ALLOW(name) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)__NR_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/// Allows only the system calls that the program still needs: for the socket, for memory, for clocks, and to exit. Any
/// other call kills the process with SIGSYS, also through another ABI (x32 sets bit 30 of the number).
static bool close_calls(void) {
    static struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(nr)),
        ALLOW(read),
        ALLOW(writev),
        ALLOW(clock_gettime),
        ALLOW(brk),
        ALLOW(munmap),
        ALLOW(mremap),
        ALLOW(madvise),
        ALLOW(futex),
        ALLOW(exit_group),
        ALLOW(rt_sigreturn),
        // mmap: no executable memory and no descriptor, so neither a file nor memory shared with another process.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)__NR_mmap, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 4 /* PROT_EXEC */, 2, 0),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(args[4])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, UINT32_MAX /* no descriptor */, 2, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#else
static bool close_calls(void) { return false; }
#endif

uint32_t confinement_enter(uint64_t memory, uint64_t cpu) {
    uint32_t walls = 0;
    if (drop_privileges()) walls |= LUAPROTOCOL_WALL_PRIVILEGES;
    if (close_files()) walls |= LUAPROTOCOL_WALL_FILES;
    if (set_limits(memory, cpu)) walls |= LUAPROTOCOL_WALL_LIMITS;
    if (close_calls()) walls |= LUAPROTOCOL_WALL_CALLS;
    return walls;
}
