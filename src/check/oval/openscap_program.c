/* mimamori-check-openscap FILE: judges the OVAL definitions of a file on this machine by libopenscap, and
 * says so line by line (openscap.c reads it):
 *     written TAB when the document was written
 *     definition TAB its id TAB result TAB class TAB title TAB first reference TAB first product
 *     end TAB how many definitions
 * It is run apart: with limits, and what it can change is nothing. */
#include "base/command.h"
#include "base/fault.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
/* libopenscap's headers need one another in this order */
#include <oval_definitions.h>
#include <oval_results.h>
#include <oval_agent_api.h>
#include <oval_session.h>
#include <oscap.h>

/* libopenscap asks what interfaces there are through a socket of the Internet that nothing is sent by, and
 * judges nothing where it gets none (socket(7): any socket answers that). There is no network here: it gets
 * one that leads nowhere. This function is found before the C library's. */
int socket(int family, int type, int protocol)
{
    bool internet = family == AF_INET || family == AF_INET6;
    return (int)syscall(SYS_socket, internet ? AF_UNIX : family, type, internet ? 0 : protocol);
}

struct said {
    FILE *out;
    unsigned long count;
};

/* One field: what would end it or the line becomes a space. */
static void say_field(FILE *out, const char *string, char end)
{
    for (const char *at = string == NULL ? "" : string; *at != '\0'; at++)
        fputc((unsigned char)*at < ' ' ? ' ' : *at, out);
    fputc(end, out);
}

static const char *class_name(oval_definition_class_t class)
{
    switch (class) {
    case OVAL_CLASS_VULNERABILITY:
        return "vulnerability";
    case OVAL_CLASS_PATCH:
        return "patch";
    case OVAL_CLASS_COMPLIANCE:
        return "compliance";
    case OVAL_CLASS_INVENTORY:
        return "inventory";
    default:
        return "miscellaneous";
    }
}

static const char *first_reference(struct oval_definition *definition)
{
    struct oval_reference_iterator *all = oval_definition_get_references(definition);
    const char *id =
        oval_reference_iterator_has_more(all) ? oval_reference_get_id(oval_reference_iterator_next(all)) : "";
    oval_reference_iterator_free(all);
    return id;
}

static const char *first_product(struct oval_definition *definition)
{
    struct oval_affected_iterator *all = oval_definition_get_affected(definition);
    const char *product = "";
    if (oval_affected_iterator_has_more(all)) {
        struct oval_string_iterator *products = oval_affected_get_products(oval_affected_iterator_next(all));
        if (oval_string_iterator_has_more(products))
            product = oval_string_iterator_next(products);
        oval_string_iterator_free(products);
    }
    oval_affected_iterator_free(all);
    return product;
}

static int say_definition(const struct oval_result_definition *result, void *context)
{
    struct said *said = context;
    struct oval_definition *definition = oval_result_definition_get_definition(result);
    say_field(said->out, "definition", '\t');
    say_field(said->out, oval_definition_get_id(definition), '\t');
    say_field(said->out, oval_result_get_text(oval_result_definition_get_result(result)), '\t');
    say_field(said->out, class_name(oval_definition_get_class(definition)), '\t');
    say_field(said->out, oval_definition_get_title(definition), '\t');
    say_field(said->out, first_reference(definition), '\t');
    say_field(said->out, first_product(definition), '\n');
    said->count++;
    return 0;
}

static bool say_written(const char *path, FILE *out)
{
    struct oscap_source *source = oscap_source_new_from_file(path);
    struct oval_definition_model *model = oval_definition_model_import_source(source);
    oscap_source_free(source);
    if (model == NULL)
        return false;
    say_field(out, "written", '\t');
    say_field(out, oval_generator_get_timestamp(oval_definition_model_get_generator(model)), '\n');
    oval_definition_model_free(model);
    return true;
}

static bool judge(const char *path, struct said *said)
{
    struct oval_session *session = oval_session_new(path);
    if (session == NULL)
        return false;
    oval_session_set_validation(session, false, false);
    bool well = oval_session_load(session) == 0 && oval_session_evaluate(session, say_definition, said) == 0;
    oval_session_free(session);
    return well;
}

int main(int argc, char **argv)
{
    /* What the library prints itself is not for whoever reads the answer. */
    int answer = dup(STDOUT_FILENO);
    struct said said = {.out = answer < 0 ? NULL : fdopen(answer, "w"), .count = 0};
    if (argc != 2 || said.out == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        command_say("'mimamori-check-openscap' is run by 'mimamori check versions' (expected one file)");
        return COMMAND_NOT;
    }
    oscap_init();
    bool well = say_written(argv[1], said.out) && judge(argv[1], &said);
    if (well)
        fprintf(said.out, "end\t%lu\n", said.count);
    well = fclose(said.out) == 0 && well;
    oscap_cleanup();
    return well ? COMMAND_DONE : COMMAND_NOT;
}
