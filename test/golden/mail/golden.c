/* golden: reads CASE.eml as the desk does and holds what it becomes against CASE.json.
 *
 *     golden [--bless] FOLDER
 *
 * The desk's address is desk@example.jp. make.py writes the messages. */
#include "base/cleanup.h"
#include "base/file.h"
#include "cases/receipt.h"
#include "desk/bounce.h"
#include "desk/mail_told.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 1 << 20, CASES_MOST = 500 };
static const char desk_mail[] = "desk@example.jp";

static json_t *attachments_of(const struct mail *mail)
{
    json_t *list = json_array();
    for (size_t i = 0; i < mail->attachments_count; i++) {
        const struct case_attachment *attachment = &mail->attachments[i];
        json_t *begins = json_stringn(attachment->bytes, attachment->length < 40 ? attachment->length : 40);
        json_array_append_new(list, json_pack("{s:s, s:I, s:o}", "name", attachment->name, "bytes",
                                              (json_int_t)attachment->length, "begins",
                                              begins == NULL ? json_null() : begins));
    }
    return list;
}

static json_t *become(struct mail *mail)
{
    struct receipt receipt;
    enum case_kind kind;
    enum bounce why = bounce_of(mail, desk_mail);
    if (why != BOUNCE_NONE)
        return json_pack("{s:s}", "left_out", bounce_words[why]);
    json_t *told = mail_told(mail, desk_mail, &kind);
    return json_pack("{s:s, s:s, s:o, s:o, s:b, s:b}", "kind", case_kinds[kind], "language",
                     mail_language(mail), "told", told, "attachments", attachments_of(mail), "answer",
                     !bounce_no_answer(mail), "receipt",
                     receipt_find(mail->text.bytes, mail->text.length, &receipt));
}

static bool read_case(const char *path, struct text *out, struct fault *fault)
{
    CLEANUP(text_clear) struct text message;
    struct mail mail;
    struct fault refused;
    text_init(&message, MAIL_MOST + 1);
    if (!file_read(path, &message, fault))
        return false;
    bool read = mail_read(&mail, message.bytes, message.length, &refused);
    json_t *seen = read ? become(&mail) : json_pack("{s:s}", "refused", refused.text);
    OWNED_MEMORY char *words = json_dumps(seen, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    text_addf(out, "%s\n", words == NULL ? "nothing that is JSON" : words);
    json_decref(seen);
    mail_clear(&mail);
    return words != NULL;
}

static bool agree(const char *path, const struct text *seen, struct fault *fault)
{
    CLEANUP(text_clear) struct text expected;
    text_init(&expected, JSON_MOST);
    return file_read(path, &expected, fault) && strcmp(expected.bytes, seen->bytes) == 0;
}

static void tell(const char *text)
{
    printf("# ");
    for (; *text != '\0'; text++)
        printf(*text == '\n' ? "\n# " : "%c", *text);
    putchar('\n');
}

static bool run_case(const char *folder, const char *name, bool bless)
{
    char message[4096], expected[4096];
    struct fault fault = {""};
    int stem = (int)(strlen(name) - strlen(".eml"));
    CLEANUP(text_clear) struct text out;
    snprintf(message, sizeof message, "%s/%s", folder, name);
    snprintf(expected, sizeof expected, "%s/%.*s.json", folder, stem, name);
    text_init(&out, JSON_MOST);
    bool fine = read_case(message, &out, &fault);
    if (fine)
        fine = bless ? file_write(expected, out.bytes, out.length, &fault) : agree(expected, &out, &fault);
    if (!fine) {
        tell(fault.text[0] == '\0' ? "this came instead:" : fault.text);
        tell(out.bytes);
    }
    return fine;
}

static int is_message(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".eml") == 0;
}

int main(int argc, char **argv)
{
    bool bless = argc == 3 && strcmp(argv[1], "--bless") == 0, well = true;
    struct dirent **entries = NULL;
    int count = argc == 2 || bless ? scandir(argv[argc - 1], &entries, is_message, alphasort) : -1;
    if (count <= 0) {
        fputs("golden: expected a folder with messages\n", stderr);
        return 2;
    }
    mail_open();
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        bool fine = run_case(argv[argc - 1], entries[i]->d_name, bless);
        printf("%s %d - %s\n", fine ? "ok" : "not ok", i + 1, entries[i]->d_name);
        well = well && fine;
        free(entries[i]);
    }
    free(entries);
    return well ? 0 : 1;
}
