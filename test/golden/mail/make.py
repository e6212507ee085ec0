"""make: writes the messages of the golden tests, CASE.eml, into this folder: python3 make.py. They are bytes as mail
programs of Japan have sent them, so an editor must not touch them. What must come of each is CASE.json, written by
`golden --bless FOLDER`; read the difference before it is committed."""
import base64
import pathlib

HERE = pathlib.Path(__file__).parent
FROM = b"From: Hanako <hanako@example.com>\n"
TO = b"To: desk@example.jp\n"
ID = b"Message-ID: <m1@example.com>\nDate: Mon, 23 Nov 2026 10:00:00 +0900\n"


def jis(text):
    """ISO-2022-JP as mail programs write it, with the letters of NEC and half-width kana that the standard lacks."""
    out, state = b"", b"B"
    for letter in text:
        if ord(letter) < 0x80:
            want, code = b"B", letter.encode()
        elif 0xFF61 <= ord(letter) <= 0xFF9F:
            want, code = b"I", bytes([ord(letter) - 0xFF61 + 0x21])
        else:
            # JIS from Shift_JIS; 髙 is where NEC has it
            lead, trail = b"\xee\xe0" if letter == "髙" else letter.encode("cp932")
            row = (lead - (0x81 if lead < 0xE0 else 0xC1)) * 2 + 0x21
            if trail >= 0x9F:
                row, cell = row + 1, trail - 0x7E
            else:
                cell = trail - 0x1F - (trail > 0x7E)
            want, code = b"$B", bytes([row, cell])
        if want != state:
            out += b"\x1b" + (want if want == b"$B" else b"(" + want)
            state = want
        out += code
    return out + (b"" if state == b"B" else b"\x1b(B")


def word(raw, label):
    return b"=?" + label + b"?B?" + base64.b64encode(raw) + b"?="


def message(name, body, *, head=b"", subject=b"Subject: a question\n", who=FROM, to=TO, type=None, id=ID):
    kind = b"" if type is None else b"MIME-Version: 1.0\nContent-Type: " + type + b"\n"
    (HERE / (name + ".eml")).write_bytes(head + who + to + subject + id + kind + b"\n" + body)


def parts(*each, boundary=b"=_b"):
    return b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in each) + b"--" + boundary + b"--\n"


def mixed(name, *each, kind=b"mixed", **more):
    message(name, parts(*each), type=b"multipart/" + kind + b'; boundary="=_b"', **more)


def part(type, body, head=b""):
    return b"Content-Type: " + type + b"\n" + head + b"\n" + body


TEXT = "①番の件、㈱見守りのﾊﾟｿｺﾝです。髙橋より〜\n"
PLAIN = part(b"text/plain; charset=utf-8", "本文です\n".encode())


def charsets():
    message("charset-jis", jis(TEXT), type=b"text/plain; charset=ISO-2022-JP",
            subject=b"Subject: " + word(jis("①㈱の届出"), b"ISO-2022-JP") + b"\n",
            who=b"From: " + word(jis("髙橋 花子"), b"ISO-2022-JP") + b" <hanako@example.com>\n")
    message("charset-jis-shifts", b"\x0e\x4a\x5f\x3f\x3a\x5d\x0f ok \xca\xdf\xbf\xba\xdd\n",
            type=b"text/plain; charset=iso-2022-jp")
    message("charset-jis-cut", jis("ウイルス")[:-4] + b"\nnext line\x1b$B!!\x1b(Z\n", type=b"text/plain; charset=iso-2022-jp")
    message("charset-jis-2", b"\x1b$(D\x30\x21\x1b(B \x1b$A\x56\x50\x1b(B \x1b$(C\x30\x21\x1b(B\n",
            type=b"text/plain; charset=iso-2022-jp-2")
    message("charset-sjis", TEXT.encode("cp932"), type=b"text/plain; charset=Shift_JIS",
            subject=b"Subject: " + word("①㈱".encode("cp932"), b"Shift_JIS") + b"\n")
    euc = TEXT.replace("髙", "高").encode("euc_jis_2004", "replace")
    message("charset-euc", euc.replace(b"?", b""), type=b"text/plain; charset=EUC-JP")
    message("charset-utf8", base64.encodebytes(TEXT.encode()), type=b"text/plain; charset=UTF-8\n"
            b"Content-Transfer-Encoding: base64", subject=b"Subject: " + word("届出①".encode(), b"UTF-8") + b"\n")
    message("charset-utf7", "ウイルス".encode("utf-7"), type=b"text/plain; charset=utf-7")
    message("charset-utf16", TEXT.encode("utf-16"), type=b"text/plain; charset=utf-16\nContent-Transfer-Encoding: 8bit")
    message("charset-latin", "Größe: 5 €, naïve\n".encode("cp1252"), type=b"text/plain; charset=ISO-8859-1")
    message("charset-korean", "안녕하세요\n".encode("cp949"), type=b"text/plain; charset=ks_c_5601-1987")
    message("charset-chinese", "你好，病毒\n".encode("gb18030"), type=b"text/plain; charset=GB2312")
    words = "ウイルスに感染したようです。どうすればよいですか。\n"
    message("label-none-sjis", words.encode("cp932"))
    message("label-none-euc", words.encode("euc-jp"))
    message("label-none-utf8", words.encode())
    message("label-none-jis", jis(words))
    message("label-none-latin", "Sehr geehrte Damen, Größe ändern\n".encode("latin-1"))
    message("label-ascii-jis", jis(words), type=b"text/plain; charset=us-ascii")
    message("label-utf8-sjis", words.encode("cp932"), type=b"text/plain; charset=utf-8")
    message("label-jis-utf8", words.encode(), type=b"text/plain; charset=iso-2022-jp")
    message("label-latin-utf8", words.encode(), type=b"text/plain; charset=iso-8859-1")
    message("label-sjis-euc", words.encode("euc-jp"), type=b"text/plain; charset=shift_jis")
    message("label-unknown", words.encode("euc-jp"), type=b"text/plain; charset=x-mac-martian")
    message("label-utf8-damaged", words.encode()[:-2] + b"\xe3\n", type=b"text/plain; charset=utf-8")
    message("controls", b"a\x00b\x07c\r\nd\re\x7f\xe2\x80\xaef\xc2\x85\n", type=b"text/plain; charset=utf-8")


def headers():
    long = jis("届出様式の記入のしかたについておたずねします")
    message("header-raw-jis", b"x\n", subject=b"Subject: " + jis("届出①") + b"\n", who=b"From: \"" + jis("山田<太郎>") +
            b"\" <taro@example.com>\n")
    message("header-raw-sjis", b"x\n", subject=b"Subject: " + "ウイルスの届出です".encode("cp932") + b"\n")
    utf = "添付のとおり".encode()
    message("header-cut-character", b"x\n", subject=b"Subject: " + word(utf[:7], b"utf-8") + b"\n " + word(utf[7:], b"utf-8") +
            b" and " + word(b"more", b"us-ascii") + b"\n")
    message("header-q", b"x\n", subject=b"Subject: =?iso-8859-1?Q?Gr=FC=DFe_an_alle?= =?utf-8?q?=E2=91=A0?= (=?utf-8?Q?a?=b)\n")
    message("header-q-jis", b"x\n", subject=b"Subject: =?ISO-2022-JP?Q?=1B$B-!=1B(B?=\n")
    message("header-broken-words", b"x\n", subject=b"Subject: =?utf-8?B?44GC?=\t=?utf-8?B?!!44GE??= =?utf-8?X?zz?= =?utf-8?B?"
            b"44GC =?\n")
    message("header-language", b"x\n", subject=b"Subject: =?utf-8*ja?B?" + base64.b64encode("件名".encode()) + b"?=\n")
    message("header-folded", b"x\n", subject=b"Subject: " + word(long[:30] + b"\x1b(B", b"iso-2022-jp") + b"\n\tplain\n  end\n")
    message("header-none", b"x\n", subject=b"", who=b"", to=b"", id=b"")
    message("header-long", b"x\n", subject=b"Subject: " + b"long " * 900 + b"\n")
    message("from-injection", b"x\n", who=b"From: \"a\\\r\nBcc: victim@example.net\" <a@example.com\r\n RCPT@example.net>\n",
            subject=b"Subject: =?utf-8?Q?one=0D=0ABcc:_victim@example.net?=\n")
    message("from-two", b"x\n", who=b"From: a@example.com, b@example.net\n")
    message("from-quoted", b"x\n", who=b"From: \"boss@example.jp\" <evil@example.net>\n")
    message("from-comment", b"x\n", who=b"From: hanako@example.com (Hanako \\) (of Example))\n")
    message("from-group", b"x\n", who=b"From: Friends: Hanako <hanako@example.com>, Taro <taro@example.com>;\n")
    message("from-nobody", b"x\n", who=b"From: undisclosed\n")
    message("from-option", b"x\n", who=b"From: <-oQ/tmp@example.com>\n")
    message("from-wide", b"x\n", who="From: 花子＠example.com\n".encode())
    message("reply-to", b"x\n", head=b"Reply-To: =?utf-8?Q?x?= <other@example.com>\nReferences: <a@b> bad <c d> <e@f>\n")
    message("message-id-hostile", b"x\n", id=b"Message-ID: <a b>@c>\nReferences: <x@y\r\n\tBcc: z@example.net>\n")


def bodies():
    message("plain", b"Hello desk,\r\nmy PC shows a warning.\r\n\r\nHanako\r\n")
    message("empty", b"")
    message("mailbox-line", b"x\n", head=b"From hanako@example.com Mon Nov 23 10:00:00 2026\n")
    message("to-virus", b"x\n", to=b"To: Desk <DESK+virus@example.jp>\n")
    message("to-access", b"x\n", to=b"To: someone@example.net\nDelivered-To: desk+access@example.jp\n")
    page = ("<html><head><title>no</title><style>p{x}</style></head><body><script>alert('no')</script>"
            "<p>こんにちは&nbsp;&amp;&#x2460;&#12849;<br>二行目 <a href=\"http://evil.example/?a=1&amp;b=2\">銀行</a></p>"
            "<table><tr><td>a<td>b</tr></table><!-- no --><img src=http://track.example/x.gif>"
            "<div>1 < 2 &unknown; &#0; <a href='javascript:x()'>j</a> <a href=\"http://x.example\">http://x.example</a></div>")
    message("html-only", page.encode("cp932"), type=b"text/html; charset=shift_jis")
    message("html-meta", (b"<meta http-equiv=content-type content=\"text/html; charset=euc-jp\"><p>" +
                          "半角カナはありません".encode("euc-jp")), type=b"text/html")
    message("html-broken", b"<p>one<b>two</p<p>three <a href=\"http://a.example>four</a> five\n<scri", type=b"text/html")
    html = part(b"text/html; charset=utf-8", "<p>網頁です</p>".encode())
    mixed("alternative", PLAIN, html, kind=b"alternative")
    mixed("alternative-html-first", html, PLAIN, kind=b"alternative")
    mixed("alternative-blank-plain", part(b"text/plain", b" \n\n"), html, kind=b"alternative")
    related = part(b'multipart/related; boundary="=_r"', parts(html, part(b"image/png", b"PNG", b"Content-ID: <i>\n"),
                                                               boundary=b"=_r"))
    mixed("alternative-related", PLAIN, related, kind=b"alternative")
    mixed("alternative-related-only", related, kind=b"alternative")
    mixed("mixed-two-texts", PLAIN, part(b"text/plain", b"second\n"), html)
    forwarded = part(b"message/rfc822", b"From: x@example.net\nSubject: bait\n\nclick\n")
    mixed("forwarded", PLAIN, forwarded, part(b"message/rfc822", b"\n", b"Content-Disposition: attachment; filename=b.eml\n"))
    mixed("no-end", PLAIN, part(b"application/octet-stream", base64.b64encode(b"data")[:-3], b"Content-Transfer-Encoding: base64\n"))
    message("boundary-missing", parts(PLAIN), type=b"multipart/mixed; boundary=other")
    message("boundary-none", parts(PLAIN), type=b"multipart/mixed")
    message("type-broken", b"x\n", type=b";;=\"")
    deep = PLAIN
    for i in range(25):
        deep = part(b'multipart/mixed; boundary="=_%d"' % i, parts(deep, boundary=b"=_%d" % i))
    mixed("too-deep", deep)
    mixed("too-many", *[part(b"image/png", b"x")] * 201)
    message("receipt", b"Thank you.\n\n> Your receipt:\n>\n>     QMW7-Z0B3-9P4X-RMP3-VXGB-SD13-JMBP\n",
            subject=b"Subject: Re: We have received your message\n")
    message("number-in-subject", b"Please give me the file.\n", subject=b"Subject: Re: [#1234] Ticket#1234 case 1\n")


def forms():
    virus = """お世話になります。届出いたします。
■ウイルス名称: Example.Worm①
■発見年月日: 2026年11月3日
■発見場所: ■パソコン □サーバ
■E-Mail: form@example.com
"""
    message("form-virus", jis(virus), type=b"text/plain; charset=ISO-2022-JP")
    message("form-quoted", jis("".join("> " + line + "\n" for line in virus.splitlines())),
            type=b"text/plain; charset=ISO-2022-JP")


def attachments():
    def attached(disposition, type=b"application/octet-stream"):
        return part(type, b"data", b"Content-Disposition: attachment; " + disposition + b"\n")
    euc = "届出①様式".encode("cp932")
    percent = b"".join(b"%%%02X" % byte for byte in euc)
    mixed("attachment-names", PLAIN,
          attached(b"filename=\"photo\xe2\x80\xaegnp.exe\""),
          attached(b"filename=\"../../etc/passwd\""),
          attached(b"filename=\"C:\\\\temp\\\\a.txt\""),
          attached(b"filename=\".bashrc\""),
          attached(b"filename*=utf-8'ja'%e5%b1%8a%e5%87%ba.doc"),
          attached(b"filename*0*=shift_jis''" + percent[:9] + b";\n filename*1*=" + percent[9:] + b";\n filename*2=\".csv\""),
          attached(b"filename=\"" + word(jis("届出①.xls"), b"ISO-2022-JP") + b"\""),
          attached(b"filename=\"" + jis("書\"類.doc") + b"\""),
          attached(b"filename=" + word("名前".encode(), b"utf-8")),
          attached(b"filename=\"" + "表計算.xls".encode("cp932") + b"\""),
          attached(b"filename=\"a\nb\x07c\xe2\x80\xa8d.txt\""),
          attached(b"", b"application/pdf; name=\"" + b"n" * 300 + b".pdf\""),
          attached(b"filename=\"\""),
          attached(b"filename*=utf-8''%zz%4; filename*1=x"))


def machines():
    """Shapes of what is nobody's telling, in words of our own."""
    report = part(b"message/delivery-status", b"Reporting-MTA: dns; mx.example.net\n\nAction: failed\n")
    mixed("bounce-report", PLAIN, report, kind=b"report; report-type=delivery-status")
    message("bounce-empty-path", b"x\n", head=b"Return-Path: < >\n")
    message("bounce-daemon", b"It could not be delivered.\n", who=b"From: Mail system <MAILER-DAEMON@mx.example.net>\n")
    message("bounce-daemon-bare", b"x\n", who=b"From: MAILER-DAEMON\n")
    message("bounce-failed", b"x\n", head=b"X-Failed-Recipients: x@example.net\n")
    mixed("bounce-read", PLAIN, part(b"message/disposition-notification", b"Disposition: displayed\n"),
          kind=b"report; report-type=disposition-notification")
    mixed("report-abuse", PLAIN, part(b"message/feedback-report", b"Feedback-Type: abuse\n"),
          kind=b"report; report-type=feedback-report")
    message("loop-own-field", b"x\n", head=b"X-Mimamori-Desk: 1\n")
    message("loop-own-id", b"x\n", id=b"Message-ID: <mimamori.0011@example.jp>\n")
    message("loop-own-address", b"x\n", who=b"From: Desk <Desk@Example.JP>\n")
    message("loop-received", b"x\n", head=b"Received: by a; Mon, 23 Nov 2026 10:00:00 +0900\n" * 51)
    message("received-many", b"x\n", head=b"Received: by a; Mon, 23 Nov 2026 10:00:00 +0900\n" * 50)
    message("automatic-generated", b"x\n", head=b"Auto-Submitted: auto-generated (a comment)\n")
    message("automatic-replied", b"x\n", head=b"Auto-Submitted: Auto-Replied; owner-email=\"x\"\n")
    message("automatic-no", b"x\n", head=b"Auto-Submitted: no\n")
    message("automatic-own-field", b"x\n", head=b"X-Autoreply: yes\n")
    message("automatic-precedence", b"x\n", head=b"Precedence: auto_reply\n")
    away = b"Subject: " + word(jis("【自動応答】不在のお知らせ"), b"ISO-2022-JP") + b"\n"
    message("away-suppress", b"x\n", head=b"X-Auto-Response-Suppress: All\n", subject=away)
    message("away-precedence", b"x\n", head=b"Precedence: bulk\n", subject=b"Subject: Out of Office: vacation\n")
    message("away-words-only", b"x\n", subject=away)
    message("suppress-only", b"x\n", head=b"X-Auto-Response-Suppress: DR, OOF, AutoReply\n")
    message("list-precedence", b"x\n", head=b"Precedence: list\n")
    message("list-junk", b"x\n", head=b"Precedence: junk\n")
    message("list-id", b"x\n", head=b"List-Id: <staff.example.com>\n")


charsets()
headers()
bodies()
forms()
attachments()
machines()
