#ifndef SPRUN_CSQLITE_SHIM_H
#define SPRUN_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
