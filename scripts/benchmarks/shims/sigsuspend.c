// Loaded into sprun only while its instructions are counted: valgrind 3.19 writes to the mask of sigsuspend, and that of
// Swift's libdispatch is read-only.

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
