#!/bin/sh
# A month's bulletin: both languages, the same bytes twice, where it may be put, and what is refused.
. "$(dirname "$0")/lib.sh"

month() {
    mimamori init &&
    mimamori point add tokyo 192.0.2.1 &&
    printf '%s\n' 'reporter,accepted_on,detected_on,name,kind,detections,route' \
        'a,2011-10-04,2011-10-03,W32/Netsky,virus,4,mail' \
        'a,2011-11-04,2011-11-03,W32/Netsky,virus,3,mail' \
        'a,2011-11-04,2011-11-03,W32/Netsky,virus,2,mail' \
        'b,2011-11-05,2011-11-03,=cmd(),virus,1,' \
        'b,2011-11-05,2011-11-03,<script>alert(1)</script>,program,7,' >malware.csv &&
    printf '%s\n' 'reporter,received_on,harm,category,cause' 'a,2011-11-30,yes,intrusion,password' >access.csv &&
    printf '%s\n' 'received_on,channel,topic,access,harm' '2011-11-01,phone,one-click,,' '2011-11-01,auto,one-click,,' \
        '2011-11-30,mail,password,yes,no' >consultations.csv &&
    mimamori import malware malware.csv && mimamori import access access.csv &&
    mimamori import consultations consultations.csv &&
    mkdir -p ledger/editor/2011-11 &&
    printf 'number = 第1号\npublished = 2011-12-05\n' >ledger/editor/2011-11/issue.conf &&
    printf '# 鍵\n\n**重要。**次へ。[x](javascript:alert(1)) ![図](https://example.jp/a.png)\n' >ledger/editor/2011-11/call.md &&
    printf 'cause: 甲\ndamage: 乙\n甲 -> 丙 -> 乙\n' >ledger/editor/2011-11/causes.txt
}
ok "a small month is taken in" month

exits 0 "the bulletin is written" mimamori bulletin 2011-11
ok "it says where" is out ledger/bulletins/2011-11
folder=ledger/bulletins/2011-11
ok "it holds a page, a PDF, the figures, tables and drawings" \
    test -s $folder/index.html -a -s $folder/bulletin.pdf -a -s $folder/figures.json -a -d $folder/tables -a -d $folder/figures
ok "the page tells the change of the month" has $folder/index.html \
    '2011年11月のウイルスの検出数は6個で、10月の4個を50.0%上回りました。'
ok "the page bears its number and date" has $folder/index.html '2011年12月5日'
ok "the editor's words are set" has $folder/index.html '<strong>重要。</strong>次へ。'
ok "a link to a script is not made" has $folder/index.html '[x](javascript:alert(1))'
ok "an image from elsewhere is its words" has $folder/index.html 'javascript:alert(1)) 図</p>'
names_no_host() { ! grep -oE '(src|href|action)="?(https?:)?//[^"> ]*' $folder/index.html; }
ok "nothing in the page lies on another host" names_no_host
ok "a name that is a formula is defused in CSV" has $folder/tables/figure-2-1-virus-detections.csv "'=cmd()"
with_mark() { [ "$(head -c 3 $folder/tables/table-3-1-unauthorised-access.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]; }
ok "tables begin with a byte-order mark" with_mark
no_script_element() { ! grep -q '<script>alert' $folder/index.html $folder/figures/*.svg; }
ok "a name that is a script is words" no_script_element
well_formed() { for drawing in $folder/figures/*.svg; do python3 -c 'import sys, xml.dom.minidom as d
svg = d.parse(sys.argv[1]).documentElement
assert svg.getAttribute("role") == "img", "no role"
assert svg.getElementsByTagName("title")[0].firstChild and svg.getElementsByTagName("desc")[0].firstChild, "no words"' "$drawing" || return 1; done; }
ok "drawings are XML with a role, a title and a description" well_formed

as_json() { python3 -c 'import json, sys
f = json.load(open(sys.argv[1]))
assert f["virus"]["detections"] == 6 and f["virus"]["reports"] == 2, f["virus"]
assert f["consultations"]["total"][5] == 3 and f["access"]["all"]["total"][5] == 2, f["access"]' $folder/figures.json; }
ok "figures.json holds the figures of the page" as_json

pages() { pdfinfo $folder/bulletin.pdf | grep -q '^Page size: *595.* x 841.*(A4)'; }
ok "the PDF is on A4" pages
told() { pdftotext $folder/bulletin.pdf - | tr -d '\n' | grep -qF '2011年11月のウイルスの検出数は6個'; }
ok "the PDF tells the same" told
bookmarks() { pdftohtml -xml -i -stdout $folder/bulletin.pdf 2>/dev/null | sed -n '/<outline>/,$p' >outline &&
    has outline '今月の呼びかけ' && has outline 'インターネットの定点観測' && has outline '検出数と届出件数'; }
ok "the PDF has bookmarks" bookmarks
fonts() { pdffonts $folder/bulletin.pdf | tail -n +3 | grep -q IPAex && ! pdffonts $folder/bulletin.pdf | tail -n +3 | grep -qv ' yes '; }
ok "the PDF brings its fonts" fonts

cp -r $folder first
exits 0 "it may be written again" mimamori bulletin 2011-11
ok "the same ledger gives the same bytes" diff -r first $folder
in_another_locale() { LC_ALL=ja_JP.UTF-8 LANGUAGE=en "$MIMAMORI" bulletin 2011-11; }
exits 0 "in whatever locale" in_another_locale
ok "it gives the same bytes" diff -r first $folder
ls -A ledger/bulletins >listing
ok "nothing is left beside it" is listing 2011-11

# told to stop SECONDS after it began: a signal to the program alone, as a service manager sends it
told_to_stop() {
    "$MIMAMORI" bulletin 2011-11 --out stopped/here & program=$!
    sleep "$1"; kill -TERM "$program"; wait "$program"
}
mkdir stopped
for seconds in 0.6 1 1.4; do
    run told_to_stop $seconds
    ok "told to stop after $seconds s it leaves nothing, or a whole bulletin" \
        [ -z "$(ls -A stopped)" -o "$(ls -A stopped)$(ls stopped/here 2>/dev/null | wc -l)" = here5 ]
    rm -rf stopped/here
done

exits 0 "the same month in English" mimamori bulletin 2011-11 --lang en
ok "it stands beside the other" is out ledger/bulletins/2011-11.en
ok "it speaks English" has ledger/bulletins/2011-11.en/index.html \
    'Virus detections came to 6 in November 2011, 50.0% above the 4 of October.'
ok "without English words of the editor it says so" has ledger/bulletins/2011-11.en/index.html \
    'No call was written for this month.'

for wrong in 2011-13 2011-1 2011 november 2011-11-01 ' 2011-11' ../2011-11; do
    exits 2 "'$wrong' is no month" mimamori bulletin "$wrong"
    ok "that is said in a sentence" one_sentence err
done
exits 2 "a language that is not spoken is refused" mimamori bulletin 2011-11 --lang fr
ok "that is said in a sentence" one_sentence err
exits 2 "a bulletin needs a month" mimamori bulletin

mkdir photos empty && echo miaow >photos/cat
exits 2 "a folder of something else is refused" mimamori bulletin 2011-11 --out photos
ok "that is said in a sentence" one_sentence err
ok "it is left alone" is photos/cat miaow
exits 0 "an empty folder will do" mimamori bulletin 2011-11 --out empty
ok "it holds the bulletin" diff -r first empty
exits 0 "a name like an option's will do" mimamori bulletin 2011-11 --out -o/er
exits 2 "a folder that cannot be made is refused" mimamori bulletin 2011-11 --out /proc/nowhere/er
ok "in one language" has err 'No such file or directory'
exits 0 "a name that is not UTF-8 will do" mimamori bulletin 2011-11 --json --out "$(printf 'caf\351')"
ok "it is told as JSON, without its name" is out '{"month": "2011-11", "language": "ja", "folder": null}'
exits 0 "a new name will do" mimamori bulletin 2011-11 --out new/er
ok "it holds the bulletin too" diff -r first new/er

ln -s virus.md ledger/editor/2011-11/virus.md
exits 2 "words of the editor that cannot be read are not left out" mimamori bulletin 2011-11
ok "that is said in a sentence" one_sentence err
rm ledger/editor/2011-11/virus.md
printf 'cause: 甲\n甲 -> 乙 -> 甲\n' >ledger/editor/2011-11/causes.txt
exits 2 "a drawing that goes round in a circle is refused" mimamori bulletin 2011-11
ok "that is said in a sentence" one_sentence err
ok "the bulletin that stood is as it was" diff -r first $folder
rm ledger/editor/2011-11/causes.txt

mkdir bin && ln -s "$(command -v sh)" bin/sh
without_weasyprint() { PATH=$FOLDER/bin "$MIMAMORI" bulletin 2011-11; }
exits 2 "without WeasyPrint there is no bulletin" without_weasyprint
ok "that is said in a sentence" one_sentence err
ok "it names what is missing" has err "'weasyprint' is not installed"
ls -A ledger/bulletins >listing
printf '2011-11\n2011-11.en\n' >wanted
ok "nothing is left behind" diff wanted listing

done_testing
