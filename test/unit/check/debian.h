/* debian: what tests about a machine begin with: a disk of Debian that is opened, on 2026-11-23. */
#pragma once
#include "disk.h"
#include "check/versions/machine.h"

static struct disk disk;
static struct machine machine;
static struct fault fault;

static int debian_begin(void **state)
{
    (void)state;
    setenv("SOURCE_DATE_EPOCH", "1795435200", 1);
    disk_open(&disk);
    disk_bytes(&disk, "etc/os-release", "ID=debian\n", 10);
    assert_true(machine_open(&machine, disk.folder, NULL, &fault));
    return 0;
}

static int debian_end(void **state)
{
    (void)state;
    machine_clear(&machine);
    disk_close(&disk);
    return 0;
}
