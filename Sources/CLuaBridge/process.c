#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <string.h>

#include "LuaProcess.h"

const char *luaprocess_words(int error) { return strerror(error); }

#ifdef __linux__

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "LuaProtocol.h"

/// The descriptors of a child that is being started: its end of the socket pair and the page's file.
typedef struct {
    int socket, page;
} child_ends;

static int spawn(const char *path, child_ends ends, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&actions)) return ENOMEM;
    if (posix_spawnattr_init(&attributes)) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    // Its own session: a key such as Ctrl-C in a terminal signals only the host, which then ends the child.
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    int error = posix_spawn_file_actions_adddup2(&actions, ends.socket, LUAPROTOCOL_SOCKET);
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, ends.page, LUAPROTOCOL_PAGE);
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, LUAPROTOCOL_PAGE + 1);
    char *arguments[] = {"sprun-lua", NULL}, *environment[] = {NULL};
    if (!error) error = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/// Moves a descriptor above the three standard numbers, which the host may have closed. Otherwise bytes that the host
/// writes to a standard stream would go to the child.
static int above_standard(int descriptor) {
    if (descriptor < 0 || descriptor > STDERR_FILENO) return descriptor;
    int other = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(descriptor);
    return other;
}

int luaprocess_start(const char *path, luaprocess *process) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) return errno;
    for (int i = 0; i < 2; i++) pair[i] = above_standard(pair[i]);
    int page = above_standard(memfd_create("sprun-lua", MFD_CLOEXEC)), error = 0;
    void *memory = MAP_FAILED;
    if (pair[0] < 0 || pair[1] < 0 || page < 0 || ftruncate(page, LUAPROTOCOL_PAGE_BYTES)) {
        error = errno;
    } else {
        memory = mmap(NULL, LUAPROTOCOL_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, page, 0);
        if (memory == MAP_FAILED) error = errno;
    }
    // Both descriptors are above the numbers that they get in the child, so that neither overwrites the other.
    if (!error) error = spawn(path, (child_ends){pair[1], page}, &process->pid);
    if (pair[1] >= 0) close(pair[1]);
    if (page >= 0) close(page);
    if (error) {
        if (pair[0] >= 0) close(pair[0]);
        if (memory != MAP_FAILED) munmap(memory, LUAPROTOCOL_PAGE_BYTES);
        return error;
    }
    clockid_t clock;
    process->clock = clock_getcpuclockid(process->pid, &clock) == 0 ? clock : 0;
    process->socket = pair[0];
    process->page = memory;
    return 0;
}

int luaprocess_end(luaprocess *process) {
    close(process->socket);
    munmap((void *)process->page, LUAPROTOCOL_PAGE_BYTES);
    int status = 0;
    if (process->pid <= 0) return status;   // kill(0) would signal all processes of this group
    kill(process->pid, SIGKILL);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

/// Waits until the socket is ready. Returns whether it is: false when the time is over.
static bool is_ready(const luaprocess *process, short events, int milliseconds) {
    struct pollfd waiting = {.fd = process->socket, .events = events};
    return poll(&waiting, 1, milliseconds) != 0;
}

static bool must_wait(void) { return errno == EAGAIN || errno == EWOULDBLOCK; }

ssize_t luaprocess_send(const luaprocess *process, const uint8_t *bytes, size_t count, int milliseconds) {
    for (;;) {
        ssize_t sent = send(process->socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) return sent;
        if (sent < 0 && errno == EINTR) continue;
        if (!must_wait()) return 0;
        if (!is_ready(process, POLLOUT, milliseconds)) return -1;
    }
}

ssize_t luaprocess_receive(const luaprocess *process, uint8_t *bytes, size_t count, int milliseconds) {
    for (;;) {
        ssize_t got = recv(process->socket, bytes, count, MSG_DONTWAIT);
        if (got >= 0) return got;
        if (errno == EINTR) continue;
        if (!must_wait()) return 0;
        if (!is_ready(process, POLLIN, milliseconds)) return -1;
    }
}

int64_t luaprocess_memory(pid_t pid) {
    char path[32] = "/proc/self/statm", text[64];
    if (pid > 0) snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return -1;
    text[count] = 0;
    // The size of the program, and the part of it that is in memory, in pages.
    char *resident = strchr(text, ' ');
    return resident ? strtoll(resident, NULL, 10) * sysconf(_SC_PAGESIZE) : -1;
}

void luaprocess_trim(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#else

int luaprocess_start(const char *path, luaprocess *process) {
    (void)path, (void)process;
    return ENOTSUP;
}

int luaprocess_end(luaprocess *process) {
    (void)process;
    return 0;
}

ssize_t luaprocess_send(const luaprocess *process, const uint8_t *bytes, size_t count, int milliseconds) {
    (void)process, (void)bytes, (void)count, (void)milliseconds;
    return 0;
}

ssize_t luaprocess_receive(const luaprocess *process, uint8_t *bytes, size_t count, int milliseconds) {
    (void)process, (void)bytes, (void)count, (void)milliseconds;
    return 0;
}

int64_t luaprocess_memory(pid_t pid) {
    (void)pid;
    return -1;
}

void luaprocess_trim(void) {}

#endif
