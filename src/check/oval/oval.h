/* oval: OVAL 5.x definitions judged on a machine (https://github.com/OVALProject/Language). What this
 * evaluator has no object for is given to libopenscap where the machine is this very one (openscap.h).
 *
 * Read (read.h) -> struct oval_document (model.h) -> evaluate.h, where each kind of object is one row of a
 * table and one file (object_*.c) that collects its items from the machine. */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include "check/finding.h"
#include "check/versions/machine.h"
#include <stdbool.h>
#include <stddef.h>

/* OVAL's results (oval-results-schema, ResultEnumeration). */
enum oval_result { OVAL_TRUE, OVAL_FALSE, OVAL_UNKNOWN, OVAL_ERROR, OVAL_NOT_EVALUATED, OVAL_NOT_APPLICABLE };
const char *oval_result_name(enum oval_result result); /* "not evaluated" */

/* What a definition says of the machine. */
enum oval_class { OVAL_VULNERABILITY, OVAL_PATCH, OVAL_COMPLIANCE, OVAL_INVENTORY, OVAL_MISCELLANEOUS };

struct oval_verdict {
    const char *id; /* oval:org.debian:def:1 */
    enum oval_class class;
    enum oval_result result;
    const char *title;
    const char *reference; /* CVE-2026-1234, "" where there is none */
    const char *product;   /* of the metadata's <affected>, "" where there is none */
    const char *why;       /* of unknown and error: "registry_object 'oval:...': ...", else "" */
    bool no_kind;          /* unknown for want of a kind of object that libopenscap may have */
};
struct oval_verdicts {
    struct arena arena;
    struct oval_verdict *items;
    size_t count;
    int32_t written_day; /* of the document's generator; INT32_MIN where it says none */
};
void oval_verdicts_clear(struct oval_verdicts *verdicts);

/* Judges every definition of a document (or those named in `only`, ends with NULL). `name` is what faults
 * call it. In this process: call it apart (apart.h) for what strangers wrote. */
bool oval_judge(const char *name, const char *bytes, size_t length, const struct machine *machine,
                const char *const *only, struct oval_verdicts *verdicts, struct fault *fault);
void oval_pack(const struct oval_verdicts *verdicts, struct text *out);
bool oval_unpack(const char *bytes, size_t length, struct oval_verdicts *verdicts, struct fault *fault);
