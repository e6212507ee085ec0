/* The whole service. What is not here does not exist; the staff's process answers what begins with /staff,
 * the public one the rest. */
#include "desk/page_account.h"
#include "desk/page_deeds.h"
#include "desk/forms.h"
#include "desk/forms.h"
#include "desk/page_enrol.h"
#include "desk/page_many.h"
#include "desk/page_receipt.h"
#include "desk/page_report.h"
#include "desk/page_inspect.h"
#include "desk/page_people.h"
#include "desk/page_sign_in.h"
#include "desk/page_case.h"
#include "desk/page_class.h"
#include "desk/page_names.h"
#include "desk/page_new.h"
#include "desk/page_queue.h"
#include "desk/page_templates.h"
#include "desk/pages.h"

/* clang-format off */
/* What comes by another way than the web and mail: each has its pages. */
#define WAY(kind, channel, fields)                                                          \
    {REQUEST_GET, "/staff/new/" kind "/" channel, PAGE_INTAKE, NULL, page_new_ask},         \
    {REQUEST_POST, "/staff/new/" kind "/" channel, PAGE_INTAKE, fields, page_new_take}
#define TYPED(kind, fields) \
    WAY(kind, "phone", fields), WAY(kind, "post", fields), WAY(kind, "fax", fields), WAY(kind, "counter", fields)

const struct page pages[] = {
    {REQUEST_GET, "/", PAGE_PUBLIC, NULL, page_home},
    {REQUEST_GET, "/privacy", PAGE_PUBLIC, NULL, page_privacy},
    {REQUEST_GET, "/report/malware", PAGE_PUBLIC, NULL, page_report_malware},
    {REQUEST_POST, "/report/malware", PAGE_PUBLIC, forms_malware_page, page_report_malware},
    {REQUEST_GET, "/report/access", PAGE_PUBLIC, NULL, page_report_access},
    {REQUEST_POST, "/report/access", PAGE_PUBLIC, forms_access_page, page_report_access},
    {REQUEST_GET, "/ask", PAGE_PUBLIC, NULL, page_report_consultation},
    {REQUEST_POST, "/ask", PAGE_PUBLIC, forms_consultation_page, page_report_consultation},
    {REQUEST_GET, "/report/many", PAGE_PUBLIC, NULL, page_many_ask},
    {REQUEST_POST, "/report/many", PAGE_PUBLIC, page_many_fields, page_many_check},
    {REQUEST_POST, "/report/many/send", PAGE_PUBLIC, page_many_send_fields, page_many_send},
    {REQUEST_GET, "/report/many/template.csv", PAGE_PUBLIC, NULL, page_many_csv},
    {REQUEST_GET, "/report/many/template.xlsx", PAGE_PUBLIC, NULL, page_many_xlsx},
    {REQUEST_GET, "/receipt", PAGE_PUBLIC, NULL, page_receipt_ask},
    {REQUEST_POST, "/receipt", PAGE_PUBLIC, page_receipt_fields, page_receipt},
    {REQUEST_POST, "/receipt/add", PAGE_PUBLIC, page_receipt_add_fields, page_receipt_add},
    {REQUEST_POST, "/receipt/withdraw", PAGE_PUBLIC, page_receipt_withdraw_fields, page_receipt_withdraw},
    {REQUEST_POST, "/receipt/file", PAGE_PUBLIC, page_receipt_file_fields, page_receipt_file},
    {REQUEST_GET, "/staff/sign-in", PAGE_PUBLIC, NULL, page_sign_in},
    {REQUEST_POST, "/staff/sign-in", PAGE_PUBLIC, page_sign_in_fields, page_sign_in_send},
    {REQUEST_POST, "/staff/sign-out", PAGE_STAFF, NULL, page_sign_out},
    {REQUEST_GET, "/staff/enrol", PAGE_PUBLIC, NULL, page_enrol},
    {REQUEST_POST, "/staff/enrol", PAGE_PUBLIC, page_enrol_fields, page_enrol_begin},
    {REQUEST_POST, "/staff/enrol/finish", PAGE_PUBLIC, page_enrol_finish_fields, page_enrol_finish},
    {REQUEST_GET, "/staff/account", PAGE_STAFF, NULL, page_account},
    {REQUEST_GET, "/staff/account/password", PAGE_STAFF, NULL, page_account_password},
    {REQUEST_POST, "/staff/account/password", PAGE_STAFF, page_account_password_fields, page_account_password_send},
    {REQUEST_GET, "/staff/account/code", PAGE_STAFF, NULL, page_account_code},
    {REQUEST_POST, "/staff/account/code", PAGE_STAFF, page_account_code_fields, page_account_code_send},
    {REQUEST_POST, "/staff/account/sessions", PAGE_STAFF, NULL, page_account_sessions},
    {REQUEST_GET, "/staff/people", PAGE_ADMINISTRATOR, NULL, page_people},
    {REQUEST_POST, "/staff/people", PAGE_ADMINISTRATOR, page_people_new_fields, page_people_invite},
    {REQUEST_GET, "/staff/people/{n}", PAGE_ADMINISTRATOR, NULL, page_people_one},
    {REQUEST_POST, "/staff/people/{n}/rights", PAGE_ADMINISTRATOR, page_people_rights_fields, page_people_rights},
    {REQUEST_POST, "/staff/people/{n}/again", PAGE_ADMINISTRATOR, NULL, page_people_again},
    {REQUEST_POST, "/staff/people/{n}/stop", PAGE_ADMINISTRATOR, NULL, page_people_stop},
    {REQUEST_POST, "/staff/recovery", PAGE_ADMINISTRATOR, NULL, page_people_recovery},
    {REQUEST_GET, "/staff/deeds", PAGE_ADMINISTRATOR, page_deeds_fields, page_deeds},
    {REQUEST_GET, "/staff/inspect", PAGE_ADMINISTRATOR, NULL, page_inspect},
    {REQUEST_POST, "/staff/inspect/chain", PAGE_ADMINISTRATOR, NULL, page_inspect_chain},

    {REQUEST_GET, "/staff", PAGE_INTAKE, page_queue_fields, page_queue},
    {REQUEST_POST, "/staff/search", PAGE_INTAKE, page_search_fields, page_search},
    {REQUEST_GET, "/staff/case/{n}", PAGE_INTAKE, page_case_fields, page_case},
    {REQUEST_GET, "/staff/case/{n}/attachment/{n}", PAGE_INTAKE, NULL, page_case_attachment},
    {REQUEST_POST, "/staff/case/{n}/work", PAGE_INTAKE, page_case_work_fields, page_case_work},
    {REQUEST_POST, "/staff/case/{n}/write", PAGE_INTAKE, page_case_write_fields, page_case_write},
    {REQUEST_POST, "/staff/case/{n}/merge", PAGE_ANALYST, page_case_merge_fields, page_case_merge},
    {REQUEST_POST, "/staff/case/{n}/unmerge", PAGE_ANALYST, NULL, page_case_unmerge},
    {REQUEST_POST, "/staff/case/{n}/link", PAGE_ANALYST, page_case_link_fields, page_case_link},
    {REQUEST_POST, "/staff/case/{n}/report", PAGE_ANALYST, page_case_report_fields, page_case_report},
    {REQUEST_GET, "/staff/case/{n}/erase", PAGE_ANALYST, NULL, page_case_erasing},
    {REQUEST_POST, "/staff/case/{n}/erase", PAGE_ANALYST, page_case_erase_fields, page_case_erase},
    {REQUEST_GET, "/staff/case/{n}/class", PAGE_ANALYST, NULL, page_class},
    {REQUEST_POST, "/staff/case/{n}/class/malware", PAGE_ANALYST, page_class_malware_fields, page_class_malware},
    {REQUEST_POST, "/staff/case/{n}/class/access", PAGE_ANALYST, page_class_access_fields, page_class_access},
    {REQUEST_POST, "/staff/case/{n}/class/consultation", PAGE_ANALYST, page_class_consultation_fields, page_class_consultation},
    {REQUEST_GET, "/staff/new", PAGE_INTAKE, NULL, page_new},
    TYPED("malware", forms_malware_typed),
    TYPED("access", forms_access_typed),
    TYPED("consultation", forms_consultation_typed),
    {REQUEST_GET, "/staff/templates", PAGE_STAFF, NULL, page_templates},
    {REQUEST_POST, "/staff/templates", PAGE_EDITOR, page_templates_fields, page_templates_add},
    {REQUEST_GET, "/staff/template/{n}", PAGE_EDITOR, NULL, page_template},
    {REQUEST_POST, "/staff/template/{n}", PAGE_EDITOR, page_templates_fields, page_template_save},
    {REQUEST_POST, "/staff/template/{n}/remove", PAGE_EDITOR, NULL, page_template_remove},
    {REQUEST_GET, "/staff/names", PAGE_STAFF, NULL, page_names},
    {REQUEST_POST, "/staff/names", PAGE_EDITOR, page_names_fields, page_names_set},
    {REQUEST_POST, "/staff/names/alias", PAGE_EDITOR, page_names_alias_fields, page_names_alias},
    {REQUEST_POST, "/staff/names/take", PAGE_EDITOR, page_names_take_fields, page_names_take},
    {0},
};
/* clang-format on */
