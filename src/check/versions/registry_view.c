/* registry_view: "Registry Keys Affected by WOW64" of Win32's documents, as of Windows 7 and later. */
#include "check/versions/registry_view.h"
#include "base/memory.h"
#include "check/versions/caseless.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beneath HKEY_LOCAL_MACHINE\SOFTWARE everything is kept twice but these. */
static const char *const shared[] = {
    "Wow6432Node",
    "Clients",
    "Microsoft\\COM3",
    "Microsoft\\Cryptography\\Calais\\Current",
    "Microsoft\\Cryptography\\Calais\\Readers",
    "Microsoft\\Cryptography\\Services",
    "Microsoft\\CTF\\SystemShared",
    "Microsoft\\CTF\\TIP",
    "Microsoft\\DFS",
    "Microsoft\\Driver Signing",
    "Microsoft\\EnterpriseCertificates",
    "Microsoft\\EventSystem",
    "Microsoft\\MSMQ",
    "Microsoft\\Non-Driver Signing",
    "Microsoft\\Notepad\\DefaultFonts",
    "Microsoft\\OLE",
    "Microsoft\\RAS",
    "Microsoft\\RPC",
    "Microsoft\\Software\\Microsoft\\Shared Tools\\MSInfo",
    "Microsoft\\SystemCertificates",
    "Microsoft\\TermServLicensing",
    "Microsoft\\Transaction Server",
    "Microsoft\\Windows\\CurrentVersion\\App Paths",
    "Microsoft\\Windows\\CurrentVersion\\Control Panel\\Cursors\\Schemes",
    "Microsoft\\Windows\\CurrentVersion\\Explorer\\AutoplayHandlers",
    "Microsoft\\Windows\\CurrentVersion\\Explorer\\DriveIcons",
    "Microsoft\\Windows\\CurrentVersion\\Explorer\\KindMap",
    "Microsoft\\Windows\\CurrentVersion\\Group Policy",
    "Microsoft\\Windows\\CurrentVersion\\Policies",
    "Microsoft\\Windows\\CurrentVersion\\PreviewHandlers",
    "Microsoft\\Windows\\CurrentVersion\\Setup",
    "Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations",
    "Microsoft\\Windows NT\\CurrentVersion\\FontDpi",
    "Microsoft\\Windows NT\\CurrentVersion\\FontLink",
    "Microsoft\\Windows NT\\CurrentVersion\\FontMapper",
    "Microsoft\\Windows NT\\CurrentVersion\\Fonts",
    "Microsoft\\Windows NT\\CurrentVersion\\FontSubstitutes",
    "Microsoft\\Windows NT\\CurrentVersion\\Gre_Initialize",
    "Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options",
    "Microsoft\\Windows NT\\CurrentVersion\\LanguagePack",
    "Microsoft\\Windows NT\\CurrentVersion\\NetworkCards",
    "Microsoft\\Windows NT\\CurrentVersion\\Perflib",
    "Microsoft\\Windows NT\\CurrentVersion\\Ports",
    "Microsoft\\Windows NT\\CurrentVersion\\Print",
    "Microsoft\\Windows NT\\CurrentVersion\\ProfileList",
    "Microsoft\\Windows NT\\CurrentVersion\\Time Zones",
    "Policies",
    "RegisteredApplications",
};

/* Beneath Classes everything is shared but these. */
static const char *const classes_twice[] = {"CLSID", "DirectShow", "Interface", "Media Type",
                                            "MediaFoundation"};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

const char *registry_below(const char *path, const char *prefix)
{
    size_t length = strlen(prefix);
    if (length == 0)
        return path;
    /* a letter and its other case may differ in length: the parts are counted, not the bytes */
    size_t parts = 1, end = 0;
    for (const char *at = prefix; (at = strchr(at, '\\')) != NULL; at++)
        parts++;
    for (;; parts--, end++) {
        end += strcspn(path + end, "\\");
        if (parts == 1 || path[end] == '\0')
            break;
    }
    if (parts != 1 || !caseless_equal_to(prefix, path, end))
        return NULL;
    return path + end + (path[end] == '\\');
}

static char *put_before(const char *prefix, const char *path)
{
    size_t size = strlen(prefix) + strlen(path) + 2;
    char *put = memory_new(size, 1);
    snprintf(put, size, "%s%s%s", prefix, path[0] == '\0' ? "" : "\\", path);
    return put;
}

char *registry_view_32_classes(const char *path)
{
    for (size_t i = 0; i < LENGTH(classes_twice); i++)
        if (registry_below(path, classes_twice[i]) != NULL)
            return put_before("Wow6432Node", path);
    return memory_string(path);
}

char *registry_view_32(const char *path)
{
    const char *of_classes = registry_below(path, "Classes");
    if (of_classes != NULL) {
        char *classes = registry_view_32_classes(of_classes);
        char *whole = put_before("Classes", classes);
        free(classes);
        return whole;
    }
    for (size_t i = 0; i < LENGTH(shared); i++)
        if (registry_below(path, shared[i]) != NULL)
            return memory_string(path);
    return put_before("Wow6432Node", path);
}
