/* file of unix: what the file system says of files and folders (unix-definitions-schema). */
#include "check/oval/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const char *type_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return "regular";
    case S_IFDIR:
        return "directory";
    case S_IFLNK:
        return "symbolic link";
    case S_IFSOCK:
        return "socket";
    case S_IFCHR:
        return "character special";
    case S_IFBLK:
        return "block special";
    default:
        return "fifo";
    }
}

static void add_rights(struct oval_collection *found, struct oval_item *item, mode_t mode)
{
    static const struct {
        const char *name;
        mode_t bit;
    } rights[] = {{"suid", S_ISUID},   {"sgid", S_ISGID},  {"sticky", S_ISVTX}, {"uread", S_IRUSR},
                  {"uwrite", S_IWUSR}, {"uexec", S_IXUSR}, {"gread", S_IRGRP},  {"gwrite", S_IWGRP},
                  {"gexec", S_IXGRP},  {"oread", S_IROTH}, {"owrite", S_IWOTH}, {"oexec", S_IXOTH}};
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
        item_boolean(found, item, rights[i].name, (mode & rights[i].bit) != 0);
    item_without(found, item, "has_extended_acl", ITEM_NOT_COLLECTED);
}

static bool see_file(const struct object_search *search, const struct walk_file *file,
                     struct oval_collection *found)
{
    struct stat status;
    const char *name = file->name == NULL ? "" : file->name;
    (void)search;
    if (fstatat(file->descriptor, name, &status,
                AT_SYMLINK_NOFOLLOW | (name[0] == '\0' ? AT_EMPTY_PATH : 0)) != 0) {
        if (errno != ENOENT)
            collection_flag(found, COLLECTION_INCOMPLETE, "file '%.200s' cannot be looked at: %s", file->path,
                            strerrorname_np(errno));
        return true;
    }
    struct oval_item *item = item_add(found, ITEM_EXISTS);
    if (item == NULL)
        return false;
    walk_fields(file, found, item);
    item_text(found, item, "type", type_of(status.st_mode));
    item_number(found, item, "group_id", status.st_gid);
    item_number(found, item, "user_id", status.st_uid);
    item_number(found, item, "a_time", status.st_atime);
    item_number(found, item, "c_time", status.st_ctime);
    item_number(found, item, "m_time", status.st_mtime);
    item_number(found, item, "size", status.st_size);
    add_rights(found, item, status.st_mode);
    return true;
}

bool object_collect_file(const struct object_search *search, struct oval_collection *found,
                         struct fault *fault)
{
    (void)fault;
    walk_files(search, found, see_file);
    return true;
}
