/* OVAL's tables, row for row as the language writes them, over every mix of up to three of each result. */
#include "unit.h"
#include "check/oval/set.h"
#include "check/oval/truth.h"

enum { MOST = 3, RESULTS = OVAL_NOT_APPLICABLE + 1, STATUSES = ITEM_NOT_COLLECTED + 1 };

/* How many of each: of results in the order T F E U NE NA, of things in the order EX DE ER NC. */
struct row {
    const char *counts[RESULTS];
    enum oval_result result;
};

static bool fits(const char *wanted, size_t count)
{
    if (strcmp(wanted, "odd") == 0)
        return count % 2 == 1;
    if (strcmp(wanted, "even") == 0)
        return count % 2 == 0;
    if (strcmp(wanted, "0,1") == 0)
        return count <= 1;
    size_t number = (size_t)(wanted[0] - '0');
    return wanted[1] == '+' ? count >= number : count == number;
}

static const struct row *row_of(const struct row *rows, const size_t *counts, size_t columns)
{
    for (; rows->counts[0] != NULL; rows++) {
        size_t at = 0;
        while (at < columns && fits(rows->counts[at], counts[at]))
            at++;
        if (at == columns)
            return rows;
    }
    return NULL;
}

/* The next mix; false after the last. */
static bool next_mix(size_t *counts, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        if (++counts[i] <= MOST)
            return true;
        counts[i] = 0;
    }
    return false;
}

static struct truth truth_of(const size_t *counts)
{
    static const enum oval_result order[RESULTS] = {OVAL_TRUE,    OVAL_FALSE,         OVAL_ERROR,
                                                    OVAL_UNKNOWN, OVAL_NOT_EVALUATED, OVAL_NOT_APPLICABLE};
    struct truth truth = {0};
    for (size_t i = 0; i < RESULTS; i++)
        for (size_t n = 0; n < counts[i]; n++)
            truth_add(&truth, order[i], NULL);
    return truth;
}

#define T  OVAL_TRUE
#define F  OVAL_FALSE
#define E  OVAL_ERROR
#define U  OVAL_UNKNOWN
#define NE OVAL_NOT_EVALUATED
#define NA OVAL_NOT_APPLICABLE

static const struct row all[] = {{{"1+", "0", "0", "0", "0", "0+"}, T},
                                 {{"0+", "1+", "0+", "0+", "0+", "0+"}, F},
                                 {{"0+", "0", "1+", "0+", "0+", "0+"}, E},
                                 {{"0+", "0", "0", "1+", "0+", "0+"}, U},
                                 {{"0+", "0", "0", "0", "1+", "0+"}, NE},
                                 {{"0", "0", "0", "0", "0", "1+"}, NA},
                                 {{0}, 0}};
static const struct row any[] = {{{"1+", "0+", "0+", "0+", "0+", "0+"}, T},
                                 {{"0", "1+", "0", "0", "0", "0+"}, F},
                                 {{"0", "0+", "1+", "0+", "0+", "0+"}, E},
                                 {{"0", "0+", "0", "1+", "0+", "0+"}, U},
                                 {{"0", "0+", "0", "0", "1+", "0+"}, NE},
                                 {{"0", "0", "0", "0", "0", "1+"}, NA},
                                 {{0}, 0}};
static const struct row one[] = {
    {{"1", "0+", "0", "0", "0", "0+"}, T},     {{"2+", "0+", "0+", "0+", "0+", "0+"}, F},
    {{"0", "1+", "0", "0", "0", "0+"}, F},     {{"0,1", "0+", "1+", "0+", "0+", "0+"}, E},
    {{"0,1", "0+", "0", "1+", "0+", "0+"}, U}, {{"0,1", "0+", "0", "0", "1+", "0+"}, NE},
    {{"0", "0", "0", "0", "0", "1+"}, NA},     {{0}, 0}};
static const struct row none[] = {{{"0", "1+", "0", "0", "0", "0+"}, T},
                                  {{"1+", "0+", "0+", "0+", "0+", "0+"}, F},
                                  {{"0", "0+", "1+", "0+", "0+", "0+"}, E},
                                  {{"0", "0+", "0", "1+", "0+", "0+"}, U},
                                  {{"0", "0+", "0", "0", "1+", "0+"}, NE},
                                  {{"0", "0", "0", "0", "0", "1+"}, NA},
                                  {{0}, 0}};
static const struct row xor [] = {{{"0", "0", "0", "0", "0", "1+"}, NA},
                                  {{"odd", "0+", "0", "0", "0", "0+"}, T},
                                  {{"even", "0+", "0", "0", "0", "0+"}, F},
                                  {{"0+", "0+", "1+", "0+", "0+", "0+"}, E},
                                  {{"0+", "0+", "0", "1+", "0+", "0+"}, U},
                                  {{"0+", "0+", "0", "0", "1+", "0+"}, NE},
                                  {{0}, 0}};

static void operators_follow_their_tables(void **state)
{
    static const struct row *const tables[] = {
        [OVAL_AND] = all, [OVAL_OR] = any, [OVAL_ONE] = one, [OVAL_XOR] = xor};
    (void)state;
    for (int operator= OVAL_AND; operator<= OVAL_XOR; operator++) {
        size_t counts[RESULTS] = {0};
        while (next_mix(counts, RESULTS)) {
            struct truth truth = truth_of(counts);
            const struct row *row = row_of(tables[operator], counts, RESULTS);
            assert_non_null(row);
            assert_int_equal(truth_operator(&truth, (enum oval_operator) operator), row->result);
        }
    }
}

static void checks_follow_their_tables(void **state)
{
    static const struct row *const tables[] = {[OVAL_CHECK_ALL] = all,
                                               [OVAL_CHECK_AT_LEAST_ONE] = any,
                                               [OVAL_CHECK_NONE] = none,
                                               [OVAL_CHECK_ONLY_ONE] = one};
    (void)state;
    for (int check = OVAL_CHECK_ALL; check <= OVAL_CHECK_ONLY_ONE; check++) {
        size_t counts[RESULTS] = {0};
        while (next_mix(counts, RESULTS)) {
            struct truth truth = truth_of(counts);
            const struct row *row = row_of(tables[check], counts, RESULTS);
            assert_non_null(row);
            assert_int_equal(truth_check(&truth, (enum oval_check)check), row->result);
        }
    }
}

static const struct row all_exist[] = {{{"1+", "0", "0", "0"}, T},    {{"0", "0", "0", "0"}, F},
                                       {{"0+", "1+", "0+", "0+"}, F}, {{"0+", "0", "1+", "0+"}, E},
                                       {{"0+", "0", "0", "1+"}, U},   {{0}, 0}};
static const struct row any_exist[] = {
    {{"0+", "0+", "0", "0+"}, T}, {{"1+", "0+", "1+", "0+"}, T}, {{"0", "0+", "1+", "0+"}, E}, {{0}, 0}};
static const struct row at_least_one[] = {{{"1+", "0+", "0+", "0+"}, T},
                                          {{"0", "0+", "0", "0"}, F},
                                          {{"0", "0+", "1+", "0+"}, E},
                                          {{"0", "0+", "0", "1+"}, U},
                                          {{0}, 0}};
static const struct row none_exist[] = {{{"0", "0+", "0", "0"}, T},
                                        {{"1+", "0+", "0+", "0+"}, F},
                                        {{"0", "0+", "1+", "0+"}, E},
                                        {{"0", "0+", "0", "1+"}, U},
                                        {{0}, 0}};
static const struct row only_one[] = {{{"1", "0+", "0", "0"}, T},    {{"2+", "0+", "0+", "0+"}, F},
                                      {{"0", "0+", "0", "0"}, F},    {{"0,1", "0+", "1+", "0+"}, E},
                                      {{"0,1", "0+", "0", "1+"}, U}, {{0}, 0}};

static void existence_follows_its_tables(void **state)
{
    static const struct row *const tables[] = {[OVAL_ALL_EXIST] = all_exist,
                                               [OVAL_ANY_EXIST] = any_exist,
                                               [OVAL_AT_LEAST_ONE_EXISTS] = at_least_one,
                                               [OVAL_NONE_EXIST] = none_exist,
                                               [OVAL_ONLY_ONE_EXISTS] = only_one};
    (void)state;
    for (int existence = OVAL_ALL_EXIST; existence <= OVAL_ONLY_ONE_EXISTS; existence++) {
        size_t counts[STATUSES] = {0};
        do {
            struct truth_there there;
            memcpy(there.counts, counts, sizeof counts);
            const struct row *row = row_of(tables[existence], counts, STATUSES);
            assert_non_null(row);
            assert_int_equal(truth_existence(&there, (enum oval_existence)existence), row->result);
        } while (next_mix(counts, STATUSES));
    }
}

static void only_true_and_false_are_negated(void **state)
{
    (void)state;
    assert_int_equal(truth_negated(OVAL_TRUE), OVAL_FALSE);
    assert_int_equal(truth_negated(OVAL_FALSE), OVAL_TRUE);
    for (int result = OVAL_UNKNOWN; result <= OVAL_NOT_APPLICABLE; result++)
        assert_int_equal(truth_negated((enum oval_result)result), result);
}

static void nothing_at_all_is_not_evaluated(void **state)
{
    struct truth truth = {0};
    (void)state;
    assert_int_equal(truth_operator(&truth, OVAL_AND), OVAL_NOT_EVALUATED);
    assert_int_equal(truth_check(&truth, OVAL_CHECK_NONE), OVAL_NOT_EVALUATED);
}

static void the_reason_is_that_of_the_first(void **state)
{
    struct truth truth = {0};
    const struct oval_why first = {"first", false}, second = {"second", false};
    (void)state;
    truth_add(&truth, OVAL_ERROR, &first);
    truth_add(&truth, OVAL_ERROR, &second);
    assert_ptr_equal(truth.whys[OVAL_ERROR], &first);
}

/* Columns: the first's flag, rows: the second's, both in the order E C I DNE NC NA, as the language has it.
 */
static void flags_of_sets_follow_their_tables(void **state)
{
    static const char letters[] = "ECIDNA";
    static const char *const tables[][6] = {
        [SET_UNION] = {"EEEEEE", "ECICIC", "EIIIII", "ECIDID", "EIIINN", "ECIDNA"},
        [SET_INTERSECTION] = {"EEEDEE", "ECIDNC", "EIIDNI", "DDDDDD", "ENNDNN", "ECIDNA"},
        [SET_COMPLEMENT] = {"EEEDEE", "ECIDNE", "EEEDNE", "ECIDNE", "ENNDNE", "EEEEEE"}};
    static const enum collection_flag flags[] = {COLLECTION_ERROR,         COLLECTION_COMPLETE,
                                                 COLLECTION_INCOMPLETE,    COLLECTION_DOES_NOT_EXIST,
                                                 COLLECTION_NOT_COLLECTED, COLLECTION_NOT_APPLICABLE};
    (void)state;
    for (int operator= SET_UNION; operator<= SET_COMPLEMENT; operator++) {
        struct oval_set set = {.operator= operator};
        for (size_t first = 0; first < 6; first++)
            for (size_t second = 0; second < 6; second++) {
                size_t wanted = (size_t)(strchr(letters, tables[operator][second][first]) - letters);
                assert_int_equal(set_flag(&set, flags[first], flags[second]), flags[wanted]);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_follow_their_tables),
        cmocka_unit_test(checks_follow_their_tables),
        cmocka_unit_test(existence_follows_its_tables),
        cmocka_unit_test(only_true_and_false_are_negated),
        cmocka_unit_test(nothing_at_all_is_not_evaluated),
        cmocka_unit_test(the_reason_is_that_of_the_first),
        cmocka_unit_test(flags_of_sets_follow_their_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
