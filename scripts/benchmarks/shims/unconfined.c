// Loaded into sprun-lua only while its instructions are counted: valgrind runs inside of the process, and needs the files
// and the system calls that the confinement of sprun-lua forbids.

#include <dlfcn.h>
#include <stdarg.h>
#include <sys/resource.h>

enum { FIRST_OF_LANDLOCK = 444, LAST_OF_LANDLOCK = 446 };

int prctl(int option, ...) {
    (void)option;
    return 0;
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limits) {
    (void)resource, (void)limits;
    return 0;
}

/// Landlock has a version, and a descriptor that can be closed because it is none. Other calls are made.
long syscall(long number, ...) {
    enum { NO_DESCRIPTOR = 1000 };
    if (number >= FIRST_OF_LANDLOCK && number <= LAST_OF_LANDLOCK) return NO_DESCRIPTOR;
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    return next(number, a, b, c, d, e, f);
}
