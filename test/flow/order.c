/* order RULE: reads lines of two versions with a tab between; says of each "-1", "0" or "1". */
#include "check/versions/order.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    enum order_rule rule = argc > 1 && strcmp(argv[1], "rpm") == 0 ? ORDER_RPM : ORDER_DPKG;
    while ((length = getline(&line, &size, stdin)) > 0) {
        char *second = strchr(line, '\t');
        if (second == NULL)
            return 2;
        line[length - 1] = '\0';
        *second++ = '\0';
        int order = order_compare(rule, line, second), again = order_compare(rule, second, line);
        printf("%d\n", order == -again ? order : 9);
    }
    free(line);
    return 0;
}
